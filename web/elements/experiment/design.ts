// What is set up: a model's layers with the settings of its training. Layers that do not fit are kept beside the last that did.
import type {
  CompileOptions,
  LayerInfo,
  LayerSpec,
  Sequential,
  ZifferError,
} from '../../api/index.ts';
import { checkLayers } from '../plan/layer_list.ts';
import type { ModelName, Plan } from '../plan/plan.ts';
import {
  defaultSettings,
  hasUsualOptimizer,
  isSettings,
  optimizerSettings,
  type Settings,
} from '../plan/settings.ts';
import { isMadeOf } from '../runs/train_on.ts';
import type { Code, Source } from './code.ts';
import { Undo } from './undo.ts';

export class Design {
  modelName: ModelName = 'simple-cnn';
  /** Where the model comes from, if it is not a preset's ready-made one and the page names the place. */
  address: Source | null = null;
  /** The code that says the model, which its changes go on in; null where it was never code. */
  code: Code | null = null;
  /** What the code compiles its model with; it holds for what is made of its layers, too. */
  loss: CompileOptions['loss'];
  layers: LayerSpec[] = [];
  settings: Settings = defaultSettings('simple-cnn');
  /** The last model whose layers fit, for cards and summary. */
  blueprint: Sequential | null = null;
  /** What is known of `layers`, also while they do not fit. */
  layerInfos: readonly LayerInfo[] = [];
  layersError: ZifferError | null = null;
  /** The layer that does not fit. */
  layersErrorAt = -1;
  readonly undo = new Undo();

  constructor(private readonly changed: () => void) {}

  name(modelName: ModelName, address: Source | null = null): void {
    this.modelName = modelName;
    this.address = address;
  }

  /** The model is what this code says; null for one that is from elsewhere. */
  write(code: Code | null, loss?: CompileOptions['loss']): void {
    this.code = code;
    this.loss = loss;
  }

  /** Takes layers; whether they fit. */
  describe(layers: LayerSpec[]): boolean {
    this.layers = layers;
    const checked = checkLayers(layers, this.settings.seed);
    this.layerInfos = checked.infos;
    this.layersError = checked.error;
    this.layersErrorAt = checked.errorAt;
    if (checked.model) {
      this.blueprint?.dispose();
      this.blueprint = checked.model;
    }
    this.changed();
    return this.layersError === null;
  }

  /** Whether a model is made of the layers as they are. */
  fits(model: Sequential): boolean {
    return !this.layersError && !!this.blueprint && isMadeOf(model, this.blueprint.specs);
  }

  /** What somebody has built or opened can be taken back when another model takes its place: its layers, not what they learned. */
  remember(): void {
    this.undo.pause();
    if (this.modelName === 'custom') this.undo.keep(this);
  }

  /** A file's optimizer becomes the setting, so that its state goes on; at an address, unless the page asks for another. */
  takeOptimizer(model: Sequential): void {
    const { settings, address } = this;
    if (!model.compiled || (address !== null && !hasUsualOptimizer(settings))) return;
    const found = { ...settings, ...optimizerSettings(model.compiled.optimizer) };
    if (isSettings(found)) this.settings = found;
  }

  /** What is set up now, by itself: later changes do not reach it. */
  plan(): Plan {
    return { modelName: this.modelName, layers: this.layers, settings: { ...this.settings } };
  }

  /** Sets up what a plan says; what it says may not fit. */
  follow({ modelName, layers, settings }: Plan): void {
    this.undo.forget();
    this.write(null);
    this.name(modelName);
    this.settings = { ...settings };
    this.describe([...layers]);
  }

  dispose(): void {
    this.blueprint?.dispose();
  }
}
