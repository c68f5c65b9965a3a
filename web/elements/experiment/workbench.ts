// The model in use: the ready-made one, one from a file, or one that the layers describe; which of them comes when the design
// changes, and what reads the digit on the pad meanwhile.
import {
  type CompileOptions,
  type LayerSpec,
  loadModel,
  type NotKept,
  type PresetName,
  presetLayers,
  type Sequential,
  sequential,
} from '../../api/index.ts';
// Registers the formats that models are loaded from and saved in.
import '../../formats/index.ts';
import type { CodeNotes } from '../plan/code_plan.ts';
import { withInput } from '../plan/layer_list.ts';
import type { ModelName } from '../plan/plan.ts';
import { defaultSettings, optimizerOf, type Settings } from '../plan/settings.ts';
import { isMadeOf } from '../runs/train_on.ts';
import { isCode, type Source } from './code.ts';
import { Design } from './design.ts';
import { Digit } from './digit.ts';
import type { Tell } from './events.ts';
import { Look } from './inspection.ts';
import { readCode } from './model_files.ts';
import type { OpenedCode } from './open_code.ts';
import { openModel } from './open_model.ts';
import { asZifferError } from './trouble.ts';
import type { Troubles } from './troubles.ts';

/** What reads the digit on the pad; a model that was opened from a file stays so while it is trained on. */
export type Origin = 'none' | 'loading' | 'pretrained' | 'untrained' | 'trained' | 'opened';

/** What happens beside the workbench. */
export interface Beside {
  busy(): boolean;
  /** Whether the pictures are others than those that the ready-made models have seen. */
  unseen(): boolean;
  /** Ends what runs and forgets its results. */
  clear(): void;
  /** Gives up what was kept of a run. */
  forget(): void;
}

const sameLoss = (model: Sequential, loss: CompileOptions['loss']) =>
  JSON.stringify(model.compiled?.loss) === JSON.stringify(loss);

export class Workbench {
  readonly design: Design;
  readonly digit: Digit;
  readonly look: Look;
  origin: Origin = 'none';
  /** Whether workers may be started: somebody looks at the panels. */
  awake = false;
  /** Settled when a ready-made model, or one at an address, is there or cannot be had. */
  loaded: Promise<void> = Promise.resolve();

  #model: Sequential | null = null;
  #notKept: readonly NotKept[] = [];
  #codeNotes: CodeNotes | null = null;
  /** The settings that a preset, or what is at an address, was asked for with. */
  #asked: Partial<Settings> = {};
  /** Ends the loading of a model that is not wanted any more. */
  #opening = new AbortController();
  #over = false;

  constructor(
    private readonly beside: Beside,
    private readonly troubles: Troubles,
    private readonly tell: Tell,
    private readonly changed: () => void,
  ) {
    this.design = new Design(changed);
    this.digit = new Digit({
      predicted: (prediction) => tell('predict', prediction),
      failed: (where, error) => troubles.fail(where, error, null),
      renewed: () => troubles.forgetPicture(),
    });
    this.look = new Look(this.digit);
  }

  /** What reads, trains and is saved; null while a ready-made one is on its way. */
  get model(): Sequential | null {
    return this.#model;
  }

  /** What the model's file said and the model does not have; it is known of a model that was kept, too. */
  get notKept(): readonly NotKept[] {
    return this.#notKept;
  }

  /** What the script said from which the layers came. */
  get codeNotes(): CodeNotes | null {
    return this.#codeNotes;
  }

  /** Whether the lab has gone: what still arrives for it is given back. */
  get over(): boolean {
    return this.#over;
  }

  /** Whether the layers are those of the model. */
  get fits(): boolean {
    return !!this.#model && this.design.fits(this.#model);
  }

  /** Whether the model has learned something, here or before it was opened, that it can go on from with the layers as they are. */
  get canTrainOn(): boolean {
    const learned = this.origin === 'trained' || this.origin === 'opened';
    return learned && this.fits && !this.beside.busy();
  }

  /** What the model with these layers is compiled with; undefined before it is. */
  get loss(): CompileOptions['loss'] {
    return (this.fits ? this.#model?.compiled?.loss : undefined) ?? this.design.loss;
  }

  choose(preset: PresetName, settings: Partial<Settings>, address: Source | null): void {
    const { design } = this;
    design.remember();
    this.#asked = settings;
    design.settings = { ...defaultSettings(preset), seed: design.settings.seed, ...settings };
    this.#usePreset(preset, address);
  }

  #usePreset(preset: PresetName, address: Source | null = null): void {
    this.design.name(preset, address);
    this.design.write(null);
    this.design.describe(presetLayers(preset));
    this.letGo();
    if (this.awake) this.#load(preset);
  }

  build(layers: readonly LayerSpec[], change: string): void {
    this.design.undo.keep(this.design, change);
    this.#rebuild(layers);
  }

  undo(): void {
    const last = this.design.undo.back();
    if (!last) return;
    if (last.modelName === 'custom') {
      this.design.write(last.code, last.loss);
      this.#rebuild(last.layers);
    } else this.#usePreset(last.modelName);
  }

  #rebuild(layers: readonly LayerSpec[]): void {
    this.design.name('custom');
    // What trains goes on; the new layers are for the next training.
    if (!this.design.describe(withInput(layers)) || this.beside.busy()) return;
    this.letGo();
    if (this.awake) this.takeUntrained();
  }

  adopt(model: Sequential, address: string | null = null): void {
    if (this.#over) {
      model.dispose();
      return;
    }
    const { design } = this;
    design.remember();
    this.awake = true;
    design.name('custom', address);
    design.write(null);
    design.takeOptimizer(model);
    design.describe([...model.specs]);
    this.letGo();
    this.use(model, 'opened');
    this.tell('ready', { model: 'custom', pretrained: true });
  }

  /** The model of a Keras script; it has yet to learn. At an address, settings that the page asks for are before the script's. */
  adoptCode({ model, settings, notes, code }: OpenedCode, address: Source | null = null): void {
    if (this.#over) {
      model.dispose();
      return;
    }
    const { design } = this;
    const { seed, threads } = design.settings;
    design.remember();
    this.awake = true;
    design.name('custom', address);
    design.write(code, model.compiled?.loss);
    design.settings = { ...settings, seed, threads, ...(address !== null && this.#asked) };
    design.describe([...model.specs]);
    this.letGo();
    this.use(model, 'untrained');
    this.#codeNotes = notes;
    this.tell('ready', { model: 'custom', pretrained: false });
  }

  /** Code that somebody types: the model begins anew only where its layers or its loss are others. */
  takeTyped(opened: OpenedCode): void {
    const { design } = this;
    const { model, settings, code, notes } = opened;
    const alike = this.fits && isMadeOf(model, design.layers) && sameLoss(model, design.loss);
    if (!alike || this.#over) {
      this.adoptCode(opened);
      return;
    }
    const { seed, threads } = design.settings;
    design.write(code, model.compiled?.loss);
    design.settings = { ...settings, seed, threads };
    model.dispose();
    this.#codeNotes = notes;
    this.changed();
  }

  set(settings: Partial<Settings>): void {
    const { design } = this;
    design.settings = { ...design.settings, ...settings };
    if ('seed' in settings && !this.beside.busy()) {
      design.describe(design.layers);
      if (this.origin === 'untrained') this.takeUntrained();
    }
    this.changed();
  }

  wake(): void {
    if (this.awake || this.#over) return;
    this.awake = true;
    this.#fill();
  }

  /** With other pictures nothing that was learned from the last ones answers; what a person or a page has opened stays. */
  takeOtherData(): void {
    const { origin } = this;
    // What it showed of the last pictures goes, and so does a training of them.
    if (origin === 'opened' || (origin === 'pretrained' && this.design.address !== null)) {
      this.beside.clear();
      return;
    }
    this.letGo();
    this.#fill();
  }

  reset(): void {
    if (this.#over) return;
    this.letGo();
    this.awake = true;
    this.takeUntrained();
  }

  dispose(): void {
    this.letGo();
    this.design.dispose();
    this.awake = false;
    this.#over = true;
  }

  /** Ends what runs; nothing reads until the next model is there. */
  letGo(): void {
    this.beside.forget();
    this.#opening.abort();
    this.beside.clear();
    this.#codeNotes = null;
    this.use(null, 'none');
  }

  use(
    model: Sequential | null,
    origin: Origin,
    notKept: readonly NotKept[] = model?.notKept ?? [],
  ): void {
    if (this.#over) {
      model?.dispose();
      return;
    }
    const last = this.#model;
    this.#model = model;
    this.#notKept = notKept;
    this.origin = origin;
    this.digit.model = model;
    this.look.model = model;
    last?.dispose();
    this.changed();
  }

  takeUntrained(): void {
    const { layersError, layers, settings, modelName, loss } = this.design;
    if (layersError || this.#over) return;
    const model = sequential({ layers, seed: settings.seed });
    if (loss) model.compile({ optimizer: optimizerOf(settings), loss });
    this.use(model, 'untrained');
    this.tell('ready', { model: modelName, pretrained: false });
  }

  /** The model that the design asks for. */
  #fill(): void {
    const { modelName } = this.design;
    if (modelName === 'custom') this.takeUntrained();
    else this.#load(modelName);
  }

  #load(preset: PresetName): void {
    this.loaded = this.#loadReady(preset);
  }

  /** The preset's trained model, or the one at the address. */
  async #loadReady(preset: PresetName): Promise<void> {
    const { address } = this.design;
    if (address === null && this.beside.unseen()) return this.takeUntrained();
    this.#opening = new AbortController();
    const { signal } = this.#opening;
    this.origin = 'loading';
    this.changed();
    const wanted = () => !signal.aborted && this.#awaits(preset, address);
    try {
      if (address !== null && (typeof address !== 'string' || isCode(address))) {
        const code = await readCode(address, signal);
        return wanted() && this.awake ? this.adoptCode(code, address) : code.model.dispose();
      }
      const model = await (address === null
        ? loadModel(preset, { signal })
        : openModel(address, signal));
      // Meanwhile Train may have been pressed, or another model chosen.
      if (!this.awake || !wanted()) {
        model.dispose();
        return;
      }
      if (address !== null) return this.adopt(model, address);
      this.use(model, 'pretrained');
      this.tell('ready', { model: preset, pretrained: true });
    } catch (error) {
      if (!wanted()) return;
      this.takeUntrained();
      // Not every site has one for every preset; what is missing is no failure.
      if (address === null && asZifferError(error).code === 'data_missing') return;
      const again = () => void this.#loadReady(preset);
      // Code in the page is the same the next time.
      this.troubles.fail('model', error, typeof address === 'object' && address ? null : again);
    }
  }

  #awaits(name: ModelName, address: Source | null): boolean {
    const { design, origin } = this;
    return design.modelName === name && design.address === address && origin === 'loading';
  }
}
