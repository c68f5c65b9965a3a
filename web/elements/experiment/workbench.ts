// What an experiment is about: the model with its settings, changes of it and the way back, and the network that reads the digit
// on the pad meanwhile. experiment.ts trains it.
import {
  type CompileOptions,
  type LayerInfo,
  type LayerSpec,
  loadModel,
  type NotKept,
  type PresetName,
  presetLayers,
  type Sequential,
  sequential,
  ZifferError,
} from '../../api/index.ts';
// Registers the formats that models are loaded from and saved in.
import '../../formats/index.ts';
import { Observable } from '../observable/observable.ts';
import type { Complaint } from '../plan/complaint.ts';
import { checkLayers, withInput } from '../plan/layer_list.ts';
import { Controls } from '../plan/permissions.ts';
import type { ModelName, Plan } from '../plan/plan.ts';
import {
  defaultSettings,
  hasUsualOptimizer,
  isSettings,
  optimizerSettings,
  type Settings,
} from '../plan/settings.ts';
import { isMadeOf } from '../runs/train_on.ts';
import { Digit } from './digit.ts';
import type { Entries } from './entries.ts';
import type { Tell } from './events.ts';
import { Look } from './inspection.ts';
import { openModel, Reading, refuseWhileBusy } from './open_model.ts';
import { asZifferError, type Trouble, troubleOf } from './trouble.ts';

/** What reads the digit on the pad; a model that was opened from a file stays so while it is trained on. */
export type Origin = 'none' | 'loading' | 'pretrained' | 'untrained' | 'trained' | 'opened';

/** Changes of the layers that can be taken back. */
const MOST_UNDONE = 100;

export abstract class Workbench extends Observable {
  modelName: ModelName = 'simple-cnn';
  /** Where the model was fetched from, if it is not a preset's ready-made one. */
  address: string | null = null;
  /** What the person may see and change. */
  controls = new Controls();
  /** What the classes are called, if they are no digits. */
  classNames: readonly string[] = [];
  layers: LayerSpec[] = [];
  settings: Settings = defaultSettings('simple-cnn');
  /** The last model whose layers fit, for cards and summary. */
  blueprint: Sequential | null = null;
  /** What is known of `layers`, also while they do not fit. */
  layerInfos: readonly LayerInfo[] = [];
  layersError: ZifferError | null = null;
  /** The layer that does not fit. */
  layersErrorAt = -1;
  origin: Origin = 'none';
  /** What the page's address says and the lab does not understand. */
  complaints: readonly Complaint[] = [];
  trouble: Trouble | null = null;
  warning: ZifferError | null = null;
  /** The model's file that is being read. */
  reading: Reading | null = null;

  /** The forms that are open; each takes what was typed into it before a training begins. */
  readonly entries = new Set<Entries>();
  readonly digit: Digit;
  readonly look: Look;
  /** Whether workers may be started: somebody looks at the panels. */
  protected awake = false;
  /** Settled when a ready-made model, or one at an address, is there or cannot be had. */
  protected loaded: Promise<void> = Promise.resolve();

  #model: Sequential | null = null;
  #notKept: readonly NotKept[] = [];
  #lastChange = '';
  #history: Pick<Plan, 'modelName' | 'layers'>[] = [];
  /** Ends the loading of a model that is not wanted any more. */
  #opening = new AbortController();
  #over = false;

  constructor(protected readonly tell: Tell) {
    super();
    this.digit = new Digit({
      predicted: (prediction) => this.tell('predict', prediction),
      failed: (where, error) => this.fail(where, error, null),
      renewed: () => this.#forgetPicture(),
    });
    this.look = new Look(this.digit);
  }

  abstract get busy(): boolean;

  /** Whether the pictures are others than those that the ready-made models have seen. */
  abstract get unseen(): boolean;

  /** Ends what runs and forgets its results. */
  protected abstract clear(): void;

  /** What reads, trains and is saved; null while a ready-made one is on its way. */
  get model(): Sequential | null {
    return this.#model;
  }

  /** What the model's file said and the model does not have; it is known of a model that was kept, too. */
  get notKept(): readonly NotKept[] {
    return this.#notKept;
  }

  /** Whether the lab has gone: what still arrives for it is given back. */
  protected get over(): boolean {
    return this.#over;
  }

  /** Whether the model has learned something, here or before it was opened, that it can go on from with the layers as they are. */
  get canTrainOn(): boolean {
    return (this.origin === 'trained' || this.origin === 'opened') && this.fits && !this.busy;
  }

  /** What the model with these layers is compiled with; undefined before it is. */
  get loss(): CompileOptions['loss'] {
    return this.fits ? this.#model?.compiled?.loss : undefined;
  }

  /** Whether the layers are those of the model. */
  protected get fits(): boolean {
    const { blueprint, layersError } = this;
    return !!this.#model && !layersError && !!blueprint && isMadeOf(this.#model, blueprint.specs);
  }

  /** `address`: where its weights, or another model's file, come from instead. */
  choose(
    preset: PresetName,
    settings: Partial<Settings> = {},
    address: string | null = null,
  ): void {
    this.#remember();
    this.settings = { ...defaultSettings(preset), seed: this.settings.seed, ...settings };
    this.#usePreset(preset, address);
  }

  #usePreset(preset: PresetName, address: string | null = null): void {
    this.modelName = preset;
    this.address = address;
    this.describe(presetLayers(preset));
    this.letGo();
    if (this.awake) this.loaded = this.#loadReady(preset);
  }

  /** What somebody has built or opened can be taken back when another model takes its place: its layers, not what they learned. */
  #remember(): void {
    this.#lastChange = '';
    if (this.modelName === 'custom') this.#push();
  }

  #push(): void {
    this.#history.push({ modelName: this.modelName, layers: this.layers });
    if (this.#history.length > MOST_UNDONE) this.#history.shift();
  }

  /** What the class number `k` is called. */
  nameOf(k: number): string {
    return this.classNames[k] ?? String(k);
  }

  /** Layers of one's own. Where they do not fit, the cards say why and the last model stays in use. `change` names what is undone together. */
  build(layers: readonly LayerSpec[], change = ''): void {
    // A number that is being typed is one change, not one a key.
    if (change === '' || change !== this.#lastChange) this.#push();
    this.#lastChange = change;
    this.#rebuild('custom', layers);
  }

  get canUndo(): boolean {
    return this.#history.length > 0;
  }

  /** Takes the last change of the layers back. */
  undo(): void {
    const last = this.#history.pop();
    this.#lastChange = '';
    if (!last) return;
    if (last.modelName === 'custom') this.#rebuild('custom', last.layers);
    else this.#usePreset(last.modelName);
  }

  #rebuild(name: ModelName, layers: readonly LayerSpec[]): void {
    this.modelName = name;
    this.address = null;
    // What trains goes on; the new layers are for the next training.
    if (!this.describe(withInput(layers)) || this.busy) return;
    this.letGo();
    if (this.awake) this.takeUntrained();
  }

  /** A model from elsewhere, such as a file, with its weights. */
  adopt(model: Sequential, address: string | null = null): void {
    if (this.#over) {
      model.dispose();
      return;
    }
    this.#remember();
    this.awake = true;
    this.modelName = 'custom';
    this.address = address;
    this.#takeOptimizer(model);
    this.describe([...model.specs]);
    this.letGo();
    this.use(model, 'opened');
    this.tell('ready', { model: 'custom', pretrained: true });
  }

  /** A file's optimizer becomes the setting, so that its state goes on; at an address, unless the page asks for another. */
  #takeOptimizer(model: Sequential): void {
    const { settings, address } = this;
    if (!model.compiled || (address !== null && !hasUsualOptimizer(settings))) return;
    const found = { ...settings, ...optimizerSettings(model.compiled.optimizer) };
    if (isSettings(found)) this.settings = found;
  }

  /** Reads a model's file; where it is none, the model in use stays. Resolves to whether it was taken. */
  async open(file: File, where: 'file' | 'drop' = 'file'): Promise<boolean> {
    this.dismiss();
    this.stopReading();
    const reading = new Reading(file.name);
    this.reading = reading;
    this.changed();
    try {
      refuseWhileBusy(this.busy);
      const model = await openModel(file, reading.signal);
      refuseWhileBusy(this.busy, model);
      this.adopt(model);
      return true;
    } catch (error) {
      if (!reading.signal.aborted) this.fail(where, error, null);
      return false;
    } finally {
      if (this.reading === reading) this.reading = null;
      this.changed();
    }
  }

  /** Gives up the file that is being read; the model in use stays. */
  stopReading(): void {
    this.reading?.stop();
    this.reading = null;
    this.changed();
  }

  set(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    if ('seed' in settings && !this.busy) {
      this.describe(this.layers);
      if (this.origin === 'untrained') this.takeUntrained();
    }
    this.changed();
  }

  /** From here on workers may be started: somebody looks at the panels. */
  wake(): void {
    if (this.awake || this.#over) return;
    this.awake = true;
    if (this.modelName === 'custom') this.takeUntrained();
    else this.loaded = this.#loadReady(this.modelName);
  }

  /** With other pictures nothing that was learned from the last ones answers; what a person or a page has opened stays. */
  protected takeOtherData(): void {
    // What it showed of the last pictures goes, and so does a training of them.
    if (this.origin === 'opened' || (this.origin === 'pretrained' && this.address !== null)) {
      this.clear();
      return;
    }
    this.letGo();
    if (this.modelName === 'custom') this.takeUntrained();
    else this.loaded = this.#loadReady(this.modelName);
  }

  /** The untrained network of the same seed. */
  reset(): void {
    if (this.#over) return;
    this.letGo();
    this.awake = true;
    this.takeUntrained();
  }

  dispose(): void {
    this.letGo();
    this.blueprint?.dispose();
    this.awake = false;
    this.#over = true;
  }

  /** Says on the console, to the page and in the lab what was not understood. */
  complain(complaints: readonly Complaint[]): void {
    this.complaints = complaints;
    for (const { name, text, expected } of complaints) {
      const message = `address: ${name}=${text}: expected ${expected ?? 'another name'}. Nothing was changed.`;
      console.warn(message);
      this.tell('error', new ZifferError('invalid_argument', message));
    }
    this.changed();
  }

  /** Whether all that was typed is in force. Otherwise says what is not allowed. */
  protected settled(): boolean {
    for (const form of this.entries) {
      const wrong = form.settle();
      if (wrong === null) continue;
      this.fail('entry', new ZifferError('invalid_argument', wrong), null);
      return false;
    }
    return true;
  }

  /** What was typed is right now, or gone. */
  corrected(): void {
    if (this.trouble?.where === 'entry') this.dismiss();
  }

  dismiss(): void {
    this.trouble = null;
    this.warning = null;
    this.changed();
  }

  #forgetPicture(): void {
    if (this.trouble?.where !== 'picture' && this.trouble?.where !== 'drop') return;
    this.trouble = null;
    this.changed();
  }

  /** What is set up now, by itself: later changes do not reach it. */
  protected plan(): Plan {
    return { modelName: this.modelName, layers: this.layers, settings: { ...this.settings } };
  }

  /** Sets up what a plan says; what it says may not fit. */
  protected follow({ modelName, layers, settings }: Plan): void {
    this.#history = [];
    this.modelName = modelName;
    this.address = null;
    this.settings = { ...settings };
    this.describe([...layers]);
  }

  protected describe(layers: LayerSpec[]): boolean {
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

  /** Ends what runs; nothing reads until the next model is there. */
  protected letGo(): void {
    this.#opening.abort();
    this.clear();
    this.use(null, 'none');
  }

  protected use(
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

  protected takeUntrained(): void {
    if (this.layersError || this.#over) return;
    this.use(sequential({ layers: this.layers, seed: this.settings.seed }), 'untrained');
    this.tell('ready', { model: this.modelName, pretrained: false });
  }

  /** The preset's trained model, or the one at the address. */
  async #loadReady(preset: PresetName): Promise<void> {
    const { address } = this;
    if (address === null && this.unseen) return this.takeUntrained();
    this.#opening = new AbortController();
    const { signal } = this.#opening;
    this.origin = 'loading';
    this.changed();
    const wanted = () =>
      !signal.aborted &&
      this.modelName === preset &&
      this.address === address &&
      this.origin === 'loading';
    try {
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
      this.fail('model', error, () => void this.#loadReady(preset));
    }
  }

  protected fail(where: Trouble['where'], thrown: unknown, retry: (() => void) | null): void {
    const again =
      retry &&
      (() => {
        this.dismiss();
        retry();
      });
    const trouble = troubleOf(where, thrown, again);
    // A lost worker fails the training and the reading of the pad: the way out of the one stays when the other is told.
    if (!again && this.trouble?.retry && this.trouble.where === trouble.where) return;
    this.trouble = trouble;
    this.tell('error', this.trouble.error);
    this.changed();
  }
}
