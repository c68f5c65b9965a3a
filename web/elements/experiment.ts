// One experiment: a model, its settings, the training that runs or has run, and the digit on the pad. No DOM: panels render
// from it and call it, tests drive it.
import {
  type EpochReport,
  type Evaluation,
  FitControl,
  type LayerInfo,
  type LayerSpec,
  loadModel,
  type PresetName,
  presetLayers,
  type Sequential,
  type StepReport,
  sequential,
  type ZifferError,
} from '../api/index.ts';
// Registers the formats that models are loaded from and saved in.
import '../formats/index.ts';
import { Curves } from './curves.ts';
import { Digit, type Prediction } from './digit.ts';
import { fitAndKeepBest } from './fit_run.ts';
import { Controls } from './lab_controls.ts';
import { LabData } from './lab_data.ts';
import { checkLayers, withInput } from './layer_editing.ts';
import { Lecture } from './lecture.ts';
import { Look } from './look.ts';
import { Observable } from './observable.ts';
import { openModel, refuseWhileBusy } from './open_model.ts';
import { RunLog } from './run_log.ts';
import { defaultSettings, type Settings, usualOptimizer } from './settings.ts';
import { Stopwatch } from './stopwatch.ts';
import { asZifferError, type Trouble, troubleOf } from './trouble.ts';

export type ModelName = PresetName | 'custom';

export type Phase =
  /** Nothing runs; predictions come from the ready-made or the untrained model. */
  | 'idle'
  /** Train was pressed; the first data are on their way. */
  | 'preparing'
  | 'training'
  | 'paused'
  /** The training is over, the test digits are being read. */
  | 'testing'
  | 'finished';

export type Outcome = 'complete' | 'early' | 'stopped';
/** What reads the digit on the pad. */
export type Origin = 'none' | 'loading' | 'pretrained' | 'untrained' | 'trained';

/** What an experiment tells the page around it. */
export interface ExperimentEvents {
  ready: { model: ModelName; pretrained: boolean };
  step: StepReport;
  epoch: EpochReport;
  trained: { history: Curves['epochs']; bestEpoch: number; outcome: Outcome; test: Evaluation };
  predict: Prediction;
  error: ZifferError;
}

export type Tell = <K extends keyof ExperimentEvents>(name: K, detail: ExperimentEvents[K]) => void;

export class Experiment extends Observable {
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

  phase: Phase = 'idle';
  outcome: Outcome | null = null;
  origin: Origin = 'none';
  step: StepReport | null = null;
  curves = new Curves();
  evaluation: Evaluation | null = null;
  trouble: Trouble | null = null;
  warning: ZifferError | null = null;

  /** What changes with every step; the rest of the experiment changes far less often. */
  readonly progress = new Observable();
  readonly clock = new Stopwatch();
  readonly data = new LabData();
  readonly runs = new RunLog();
  readonly lecture = new Lecture(this);
  readonly digit: Digit;
  readonly look: Look;

  #lastChange = '';
  #history: { readonly modelName: ModelName; readonly layers: readonly LayerSpec[] }[] = [];
  #model: Sequential | null = null;
  #control: FitControl | null = null;
  #abort: AbortController | null = null;
  #stopAsked = false;
  #awake = false;

  constructor(private readonly tell: Tell = () => {}) {
    super();
    this.digit = new Digit(
      (prediction) => this.tell('predict', prediction),
      (where, error) => this.#fail(where, error, null),
    );
    this.look = new Look(this.digit);
    this.subscribe(() => this.progress.changed());
    this.data.subscribe(() => this.progress.changed());
  }

  /** What reads, trains and is saved; null while a ready-made one is on its way. */
  get model(): Sequential | null {
    return this.#model;
  }

  get busy(): boolean {
    return this.phase !== 'idle' && this.phase !== 'finished';
  }

  // ── The model ──────────────────────────────────────────────────────────────

  /** `address`: where its weights, or another model's file, come from instead. */
  choose(
    preset: PresetName,
    settings: Partial<Settings> = {},
    address: string | null = null,
  ): void {
    this.#history = [];
    this.settings = { ...defaultSettings(preset), seed: this.settings.seed, ...settings };
    this.#usePreset(preset, address);
  }

  #usePreset(preset: PresetName, address: string | null = null): void {
    this.modelName = preset;
    this.address = address;
    this.#describe(presetLayers(preset));
    this.#letGo();
    if (this.#awake) void this.#loadReady(preset);
  }

  /** What the class number `k` is called. */
  nameOf(k: number): string {
    return this.classNames[k] ?? String(k);
  }

  /** Layers of one's own. Where they do not fit, the cards say why and the last model stays in use. `change` names what is undone together. */
  build(layers: readonly LayerSpec[], change = ''): void {
    // A number that is being typed is one change, not one a key.
    if (change === '' || change !== this.#lastChange) {
      this.#history.push({ modelName: this.modelName, layers: this.layers });
    }
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
    if (!this.#describe(withInput(layers)) || this.busy) return;
    this.#letGo();
    if (this.#awake) this.#takeUntrained();
  }

  /** A model from elsewhere, such as a file, with its weights. */
  adopt(model: Sequential, address: string | null = null): void {
    this.#history = [];
    this.#awake = true;
    this.modelName = 'custom';
    this.address = address;
    this.#describe([...model.specs]);
    this.#letGo();
    this.#use(model, 'trained');
    this.tell('ready', { model: 'custom', pretrained: true });
  }

  /** Reads a model's file; where it is none, the model in use stays. Resolves to whether it was taken. */
  async open(file: File, where: 'file' | 'drop' = 'file'): Promise<boolean> {
    this.dismiss();
    try {
      refuseWhileBusy(this.busy);
      const model = await openModel(file);
      refuseWhileBusy(this.busy, model);
      this.adopt(model);
      return true;
    } catch (error) {
      this.#fail(where, error, null);
      return false;
    }
  }

  set(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    if ('seed' in settings && !this.busy) {
      this.#describe(this.layers);
      if (this.origin === 'untrained') this.#takeUntrained();
    }
    this.changed();
  }

  /** From here on workers may be started: somebody looks at the panels. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    if (this.modelName === 'custom') this.#takeUntrained();
    else void this.#loadReady(this.modelName);
  }

  // ── The training ───────────────────────────────────────────────────────────

  /** Resolves when the training has ended, however; at once where it only goes on from a pause. */
  async start(): Promise<void> {
    if (this.phase === 'paused') this.#control?.resume();
    else if (!this.busy) await this.#run(false);
  }

  pause(): void {
    if (this.phase === 'training') this.#control?.pause();
  }

  /** One batch, then pause. */
  stepOnce(): void {
    if (this.phase === 'training' || this.phase === 'paused') this.#control?.step();
    else if (!this.busy) void this.#run(true);
  }

  /** Ends the training and keeps what was learned. */
  stop(): void {
    this.#stopAsked = true;
    if (this.phase === 'preparing') this.#abort?.abort();
    else this.#control?.stop();
  }

  /** The untrained network of the same seed. */
  reset(): void {
    this.#letGo();
    this.#awake = true;
    this.#takeUntrained();
  }

  dispose(): void {
    this.#letGo();
    this.blueprint?.dispose();
    this.data.dispose();
    this.#awake = false;
  }

  dismiss(): void {
    this.trouble = null;
    this.warning = null;
    this.changed();
  }

  /** Reads the test digits with the model as it is now. */
  async test(): Promise<void> {
    const model = this.#model;
    if (!model || this.busy) return;
    this.#enter('testing');
    try {
      const evaluation = await model.evaluate(await this.data.test());
      if (this.#model === model) this.evaluation = evaluation;
    } catch (error) {
      this.#fail('data', error, () => void this.test());
    }
    if (this.#model === model) this.#enter('idle');
  }

  async nextTestDigit(index?: number): Promise<void> {
    try {
      const test = await this.data.test();
      const last = this.digit.test?.index ?? -1;
      const next = index ?? (last + 1) % test.count;
      const [image, label] = await Promise.all([test.image(next), test.label(next)]);
      this.digit.show(image, next, label);
    } catch (error) {
      this.#fail('data', error, () => void this.nextTestDigit(index));
    }
  }

  async #run(oneStep: boolean): Promise<void> {
    const abort = new AbortController();
    const control = new FitControl();
    this.#letGo(true);
    this.#abort = abort;
    this.#control = control;
    if (oneStep) control.step();
    this.#awake = true;
    this.#enter('preparing');
    try {
      const { train, test } = await this.data.get(this.settings.trainCount);
      abort.signal.throwIfAborted();
      if (this.data.total < this.settings.trainCount) this.set({ trainCount: this.data.total });
      const { modelName, layers } = this;
      const settings = { ...this.settings };
      const model = sequential({ layers, seed: settings.seed });
      this.#use(model, 'untrained');
      this.#enter(control.state === 'paused' ? 'paused' : 'training');
      control.addEventListener('change', () => this.#followControl(control));
      const history = await fitAndKeepBest(model, train, settings, {
        control,
        signal: abort.signal,
        onStep: (report) => this.#stepped(report),
        onEpoch: (report) => this.#epochDone(report),
        onWarning: (warning) => {
          this.warning = warning;
          this.changed();
        },
      });
      this.digit.read();
      abort.signal.throwIfAborted();
      this.#enter('testing');
      const ended = history.stoppedEpoch >= 0;
      this.outcome = this.#stopAsked ? 'stopped' : ended ? 'early' : 'complete';
      this.origin = 'trained';
      const evaluation = await model.evaluate(test);
      abort.signal.throwIfAborted();
      this.#finish(evaluation);
      this.runs.add(
        { modelName, layers, settings, curves: this.curves, clock: this.clock },
        evaluation,
        model.parameterCount,
      );
    } catch (error) {
      if (abort.signal.aborted) {
        if (this.#abort === abort) this.#enter('idle');
        return;
      }
      this.#enter(this.origin === 'trained' ? 'finished' : 'idle');
      if (asZifferError(error).code === 'not_finite') this.#diverged(error);
      else this.#fail('train', error, () => void this.start());
    }
  }

  /** Its weights are of no more use; the same settings would end the same way. */
  #diverged(error: unknown): void {
    this.#takeUntrained();
    this.#fail('train', error, () => {
      this.set(usualOptimizer(this.settings.optimizer));
      void this.start();
    });
  }

  #stepped(report: StepReport): void {
    this.step = report;
    this.curves.addSteps(report);
    this.clock.lap();
    this.digit.read();
    this.look.refresh();
    this.tell('step', report);
    this.progress.changed();
  }

  #epochDone(report: EpochReport): void {
    this.curves.addEpoch(report);
    this.tell('epoch', report);
    this.progress.changed();
  }

  #finish(evaluation: Evaluation): void {
    this.evaluation = evaluation;
    this.#enter('finished');
    this.digit.read();
    this.look.refresh();
    this.tell('trained', {
      history: this.curves.epochs,
      bestEpoch: this.curves.bestEpoch,
      outcome: this.outcome ?? 'complete',
      test: evaluation,
    });
  }

  #followControl(control: FitControl): void {
    if (control !== this.#control || this.phase === 'testing' || this.phase === 'finished') return;
    if (control.state === 'paused') this.#enter('paused');
    if (control.state === 'running') this.#enter('training');
  }

  #enter(phase: Phase): void {
    this.phase = phase;
    if (phase === 'training') this.clock.run();
    else this.clock.hold();
    this.changed();
  }

  // ── Which model is in use ──────────────────────────────────────────────────

  #describe(layers: LayerSpec[]): boolean {
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

  /** Ends what runs and forgets its results; `keepReading` lets the last model read until the next one is there. */
  #letGo(keepReading = false): void {
    this.#abort?.abort();
    this.#abort = null;
    this.#control = null;
    this.#stopAsked = false;
    this.outcome = null;
    this.step = null;
    this.evaluation = null;
    this.trouble = null;
    this.warning = null;
    this.curves = new Curves();
    this.clock.reset();
    if (!keepReading) this.#use(null, 'none');
    this.#enter('idle');
  }

  #use(model: Sequential | null, origin: Origin): void {
    const last = this.#model;
    this.#model = model;
    this.origin = origin;
    this.digit.model = model;
    this.look.model = model;
    last?.dispose();
    this.changed();
  }

  #takeUntrained(): void {
    if (this.layersError) return;
    this.#use(sequential({ layers: this.layers, seed: this.settings.seed }), 'untrained');
    this.tell('ready', { model: this.modelName, pretrained: false });
  }

  /** The preset's trained model, or the one at the address. */
  async #loadReady(preset: PresetName): Promise<void> {
    const { address } = this;
    this.origin = 'loading';
    this.changed();
    const wanted = () =>
      this.modelName === preset && this.address === address && this.origin === 'loading';
    try {
      const model = await (address === null ? loadModel(preset) : openModel(address));
      // Meanwhile Train may have been pressed, or another model chosen.
      if (!this.#awake || !wanted()) {
        model.dispose();
        return;
      }
      if (address !== null) return this.adopt(model, address);
      this.#use(model, 'pretrained');
      this.tell('ready', { model: preset, pretrained: true });
    } catch (error) {
      if (!wanted()) return;
      this.#takeUntrained();
      // Not every site has one for every preset; what is missing is no failure.
      if (address === null && asZifferError(error).code === 'data_missing') return;
      this.#fail('model', error, () => void this.#loadReady(preset));
    }
  }

  #fail(where: Trouble['where'], thrown: unknown, retry: (() => void) | null): void {
    const again =
      retry &&
      (() => {
        this.dismiss();
        retry();
      });
    this.trouble = troubleOf(where, thrown, again);
    this.tell('error', this.trouble.error);
    this.changed();
  }
}
