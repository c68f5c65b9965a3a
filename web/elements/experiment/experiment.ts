// One experiment: a model, its settings, the training that runs or has run, and the digit on the pad. No DOM: panels render
// from it and call it, tests drive it. It puts its parts together and is their face; what they do stands in their own files.
import type { LayerSpec, PresetName, Sequential } from '../../api/index.ts';
import { Observable } from '../observable/observable.ts';
import type { Complaint } from '../plan/complaint.ts';
import { Controls } from '../plan/permissions.ts';
import type { Settings } from '../plan/settings.ts';
import type { Code, Source } from './code.ts';
import type { DataAddress, LabData } from './data_sets.ts';
import type { Tell } from './events.ts';
import { openLast } from './last_opened.ts';
import { Lecture } from './lecture.ts';
import { readCode } from './model_files.ts';
import { useData } from './other_data.ts';
import { assemble, type Parts } from './parts.ts';
import type { Progress } from './progress.ts';
import { showTestDigit } from './test_digit.ts';
import type { Trouble } from './trouble.ts';

export type { ExperimentEvents, Outcome } from './events.ts';
export type { Phase } from './progress.ts';

export class Experiment extends Observable {
  /** What the person may see and change. */
  controls = new Controls();
  /** What the classes are called, if they are no digits. */
  classNames: readonly string[] = [];
  /** What changes with every step; the rest of the experiment changes far less often. */
  readonly progress: Progress;
  readonly data: LabData;
  readonly lecture = new Lecture(this);
  readonly #parts: Parts;

  /** `place` tells this lab's runs from those of others. */
  constructor(tell: Tell = () => {}, place: () => string = () => '') {
    super();
    this.#parts = assemble(tell, place, () => this.changed());
    this.progress = this.#parts.progress;
    this.data = this.#parts.data;
    this.subscribe(() => this.progress.changed());
  }

  get modelName() {
    return this.#parts.bench.design.modelName;
  }
  /** Where the model comes from, if it is not a preset's ready-made one and the page names the place. */
  get address() {
    return this.#parts.bench.design.address;
  }
  get layers() {
    return this.#parts.bench.design.layers;
  }
  get settings() {
    return this.#parts.bench.design.settings;
  }
  /** The last model whose layers fit, for cards and summary. */
  get blueprint() {
    return this.#parts.bench.design.blueprint;
  }
  /** What is known of `layers`, also while they do not fit. */
  get layerInfos() {
    return this.#parts.bench.design.layerInfos;
  }
  get layersError() {
    return this.#parts.bench.design.layersError;
  }
  /** The layer that does not fit. */
  get layersErrorAt() {
    return this.#parts.bench.design.layersErrorAt;
  }

  /** `address`: where its weights, or another model's file or code, come from instead. */
  choose(preset: PresetName, settings: Partial<Settings> = {}, address: Source | null = null) {
    this.#parts.bench.choose(preset, settings, address);
  }

  /** Layers of one's own. Where they do not fit, the cards say why and the last model stays in use. `change` names what is undone together. */
  build(layers: readonly LayerSpec[], change = ''): void {
    this.#parts.bench.build(layers, change);
  }

  set(settings: Partial<Settings>): void {
    this.#parts.bench.set(settings);
  }

  get canUndo(): boolean {
    return this.#parts.bench.design.undo.possible;
  }

  /** Takes the last change of the layers back. */
  undo(): void {
    this.#parts.bench.undo();
  }

  /** What reads, trains and is saved; null while a ready-made one is on its way. */
  get model() {
    return this.#parts.bench.model;
  }
  /** What the model's file said and the model does not have. */
  get notKept() {
    return this.#parts.bench.notKept;
  }
  /** The code that says the model; null where it was never code. */
  get code() {
    return this.#parts.bench.design.code;
  }
  /** What the script said from which the layers came. */
  get codeNotes() {
    return this.#parts.bench.codeNotes;
  }
  get origin() {
    return this.#parts.bench.origin;
  }
  /** What the model with these layers is compiled with; undefined before it is. */
  get loss() {
    return this.#parts.bench.loss;
  }
  /** The digits that were drawn and named here. */
  get own() {
    return this.#parts.own;
  }
  get digit() {
    return this.#parts.bench.digit;
  }
  get look() {
    return this.#parts.bench.look;
  }

  /** A model from elsewhere, such as a file, with its weights. */
  adopt(model: Sequential, address: string | null = null): void {
    this.#parts.bench.adopt(model, address);
  }

  /** The model's file that is being read. */
  get reading() {
    return this.#parts.files.reading;
  }

  /** Reads a model's file, a Keras script or a notebook; where it is none, the model in use stays. Resolves to whether it was taken. */
  open(file: File, where: 'file' | 'drop' = 'file'): Promise<boolean> {
    return this.#parts.files.open(file, where);
  }

  /** Takes the model that code says; where it is not understood, the model in use stays. Resolves to whether it was taken. */
  openCode(code: Code, where: 'file' | 'drop' = 'file'): Promise<boolean> {
    return this.#parts.files.openCode(code, where);
  }

  /** Code that somebody types. Rejects where it is not understood; the model in use stays. */
  async type(code: Code): Promise<void> {
    this.#parts.bench.takeTyped(await readCode(code));
  }

  /** The code as it reads after the cards have changed. */
  rewrite(text: string): void {
    const { design } = this.#parts.bench;
    if (design.code) design.write({ ...design.code, text }, design.loss);
  }

  /** Gives up the file that is being read; the model in use stays. */
  stopReading(): void {
    this.#parts.files.stop();
  }

  /** The untrained network of the same seed. */
  reset(): void {
    this.#parts.bench.reset();
  }

  /** Whether the pictures are others than those that the ready-made models have seen. */
  get unseen(): boolean {
    return this.data.own;
  }

  /** Other pictures from now on. */
  useData(address: DataAddress): void {
    useData(this.#parts, this.lecture, address);
  }

  /** What the class number `k` is called. */
  nameOf(k: number): string {
    return this.classNames[k] ?? String(k);
  }

  async nextTestDigit(index?: number): Promise<void> {
    if (this.#parts.bench.over) return;
    try {
      await showTestDigit(this.digit, this.data, index);
    } catch (error) {
      this.#parts.troubles.fail('data', error, () => void this.nextTestDigit(index));
    }
  }

  get phase() {
    return this.progress.phase;
  }
  get busy(): boolean {
    return this.progress.busy;
  }
  get outcome() {
    return this.progress.outcome;
  }
  get step() {
    return this.progress.step;
  }
  get curves() {
    return this.progress.curves;
  }
  get evaluation() {
    return this.progress.evaluation;
  }
  /** The epoch in which the last training ended. */
  get endedIn() {
    return this.progress.endedIn;
  }
  get clock() {
    return this.progress.clock;
  }
  get pace() {
    return this.progress.pace;
  }
  /** The numbers of the epochs that the settings ask for, counted on from earlier fits of the model. */
  get firstEpoch(): number {
    return this.curves.past.epochs + 1;
  }
  get lastEpoch(): number {
    return this.curves.past.epochs + this.settings.epochs;
  }
  /** Whether the model has learned something, here or before it was opened, that it can go on from with the layers as they are. */
  get canTrainOn(): boolean {
    return this.#parts.bench.canTrainOn;
  }
  get offersTrainOn(): boolean {
    return this.canTrainOn && !this.controls.hides('train-on');
  }

  /** Resolves when the training has ended, however; at once where it only goes on from a pause, or a field holds no allowed value. */
  start(): Promise<void> {
    return this.#parts.training.start();
  }

  /** A further fit of the model from the weights that it has, once it is loaded; none where the layers have changed since. */
  trainOn(): Promise<void> {
    return this.#parts.training.trainOn();
  }

  pause(): void {
    this.#parts.training.pause();
  }

  /** One batch, then pause; of the training that the first button would begin. */
  stepOnce(): void {
    this.#parts.training.stepOnce(this.offersTrainOn && this.origin === 'opened');
  }

  /** Ends the training and keeps what was learned. */
  stop(): void {
    this.#parts.training.stop();
  }

  /** Reads the test digits with the model as it is now. */
  test(): Promise<void> {
    return this.#parts.training.test();
  }

  get runs() {
    return this.#parts.keeping.runs;
  }
  /** This lab's run as it is kept from epoch to epoch, and an interrupted one that may go on. */
  get kept() {
    return this.#parts.keeping.kept;
  }
  /** What was finished last at this place. */
  get last() {
    return this.#parts.keeping.last;
  }

  /** Goes on with the interrupted run that is offered. */
  continueRun(): Promise<void> {
    return this.#parts.training.continueRun();
  }

  /** Opens the finished model that is offered, as if its page had never gone. */
  openLast(): Promise<void> {
    return openLast(this.#parts, () => this.#parts.training.clear());
  }

  /** Deletes the finished model that is offered, and its runs. */
  forgetLast(): Promise<void> {
    return this.#parts.keeping.forgetLast();
  }

  get trouble() {
    return this.#parts.troubles.trouble;
  }
  get complaints() {
    return this.#parts.troubles.complaints;
  }
  /** The forms that are open; each takes what was typed into it before a training begins. */
  get entries() {
    return this.#parts.troubles.entries;
  }

  complain(complaints: readonly Complaint[]): void {
    this.#parts.troubles.complain(complaints);
  }

  /** What was typed is right now, or gone. */
  corrected(): void {
    this.#parts.troubles.corrected();
  }

  /** What a panel could not do. */
  report(where: Trouble['where'], thrown: unknown, retry: () => void): void {
    this.#parts.troubles.fail(where, thrown, retry);
  }

  dismiss(): void {
    this.#parts.troubles.dismiss();
  }

  /** From here on workers may be started: somebody looks at the panels. */
  wake(): void {
    if (!this.#parts.bench.awake) this.#parts.keeping.look();
    this.#parts.bench.wake();
  }

  dispose(): void {
    this.#parts.keeping.leave();
    this.#parts.bench.dispose();
    this.data.end();
  }
}
