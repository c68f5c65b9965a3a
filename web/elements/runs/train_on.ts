// Training on: a second fit from the weights and the optimizer's state that a model has, as in Keras.
import type { LayerSpec, Sequential } from '../../api/index.ts';
import { withInput } from '../plan/layer_list.ts';
import { optimizerOf, optimizerSettings, type Settings } from '../plan/settings.ts';

/** Whether a model's weights fit these layers; names do not count. */
export function isMadeOf(model: Sequential, layers: readonly LayerSpec[]): boolean {
  return JSON.stringify(withInput(model.specs)) === JSON.stringify(withInput(layers));
}

/**
 * Whether a model was compiled with the optimizer of these settings, whose state then goes on. What the lab has no field
 * for, such as epsilon, stays as a file has it where the settings say nothing of it.
 */
export function isCompiledFor({ compiled }: Sequential, settings: Settings): boolean {
  if (!compiled) return false;
  const had = { ...settings, ...optimizerSettings(compiled.optimizer) };
  if (settings.besides === undefined) had.besides = undefined;
  return JSON.stringify(optimizerOf(had)) === JSON.stringify(optimizerOf(settings));
}

/** Takes down where a model stands; what it resolves to puts the model back there, also after its worker was lost. */
export async function standingOf(model: Sequential): Promise<() => Promise<void>> {
  const { compiled } = model;
  const { weights, optimizer } = await model.snapshot();
  return async () => {
    await model.setWeights(weights);
    model.compile(compiled ?? {});
    if (compiled) await model.setOptimizerState(optimizer);
  };
}
