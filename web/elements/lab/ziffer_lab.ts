// <ziffer-lab>: the lab, or some of its panels, in any page. It costs no worker and no panel until it is seen or asked; what comes
// then is awake_lab.ts.
import { html, type TemplateResult } from 'lit';
import { configure, ZifferError } from '../../api/first.ts';
import type { StrokePoint } from '../../api/index.ts';
import { type FirstWords, firstWords } from '../../locales/first_words.ts';
import { LabElement } from '../attributes/attribute_element.ts';
import type { LabProperties } from '../attributes/attributes.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { define } from '../kit/define.ts';
import { tokens } from '../kit/tokens.ts';
import type { Settings } from '../plan/settings.ts';
import type { LabRoom } from './awake_lab.ts';
import { labStyles } from './lab_styles.ts';
import type { ZifferLabElement } from './lab_types.ts';

export interface Lab extends LabProperties {}
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the base class defines these properties from the attributes' table.
export class Lab extends LabElement implements ZifferLabElement {
  static override styles = [tokens, labStyles];

  /** The folder of the site, on whose own pages the bar offers to embed the lab. */
  site: string | null = null;

  #room: LabRoom | null = null;
  #loading: Promise<void> | null = null;
  #failed = false;
  /** Resolved when the panels are there. */
  #waiting: ((experiment: Experiment) => void)[] = [];
  readonly #visible = new IntersectionObserver((entries) => {
    if (entries.some((e) => e.isIntersecting)) void this.load();
  });

  get experiment(): Experiment {
    if (this.#room) return this.#room.experiment;
    const message = '<ziffer-lab>: it is not loaded yet. Await load() first.';
    throw new ZifferError('invalid_state', message);
  }

  get settings(): Readonly<Settings> {
    return this.#room?.experiment.settings ?? this.firstSettings;
  }

  set settings(settings: Partial<Settings>) {
    const now = this.settings;
    for (const key of Object.keys(settings) as (keyof Settings)[]) {
      if (settings[key] !== now[key]) Object.assign(this, { [key]: settings[key] });
    }
  }

  // ── Methods for the page ───────────────────────────────────────────────────

  load(): Promise<Experiment> {
    if (this.#room && this.isConnected) return Promise.resolve(this.#room.experiment);
    const loaded = new Promise<Experiment>((done) => this.#waiting.push(done));
    this.#fetch();
    return loaded;
  }

  start(): void {
    void this.load().then((experiment) => experiment.start());
  }

  trainOn(): void {
    void this.load().then((experiment) => experiment.trainOn());
  }

  pause(): void {
    this.#room?.experiment.pause();
  }

  stop(): void {
    this.#room?.experiment.stop();
  }

  reset(): void {
    void this.load().then((experiment) => experiment.reset());
  }

  draw(strokes: readonly (readonly StrokePoint[])[]): void {
    void this.load().then((experiment) => experiment.digit.draw(strokes));
  }

  // ── Life ───────────────────────────────────────────────────────────────────

  override connectedCallback(): void {
    super.connectedCallback();
    this.#room?.connected();
    this.#wakeAsAsked();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#visible.disconnect();
    this.#room?.disconnected();
    // An element that is only moved is connected again at once, and goes on.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#room?.end();
      this.#room = null;
      this.requestUpdate();
    });
  }

  protected override applied(name: string): void {
    if (this.#room) this.#room.applied(name);
    else if (this.isConnected) this.#wakeAsAsked();
  }

  protected override updated(): void {
    this.#room?.updated();
  }

  #wakeAsAsked(): void {
    if (this.#room) return;
    const eager = this.value('loading') === 'eager';
    if (eager || this.#waiting.length > 0) this.#fetch();
    else if (this.value('poster')) this.#visible.disconnect();
    else this.#visible.observe(this);
  }

  #fetch(): void {
    if (this.#loading || !this.isConnected) return;
    this.#visible.disconnect();
    this.#failed = false;
    this.#place();
    this.#loading = import('./awake_lab.ts')
      // Reading the scripts was a task of some length; building the lab is another.
      .then((room) => new Promise<typeof room>((next) => setTimeout(() => next(room))))
      .then(({ LabRoom }) => this.#open(new LabRoom(this.#host())))
      .catch((cause) => this.#fail(cause))
      .finally(() => {
        this.#loading = null;
        this.requestUpdate();
      });
  }

  #open(room: LabRoom): void {
    // Taken from the page meanwhile: what waits is done when it is back.
    if (!this.isConnected) {
      room.end();
      return;
    }
    this.#room = room;
    room.connected();
    for (const done of this.#waiting.splice(0)) done(room.experiment);
  }

  #fail(cause: unknown): void {
    this.#failed = true;
    this.#tellFailure(cause);
  }

  readonly #tellFailure = (cause: unknown): void => {
    const message =
      '<ziffer-lab>: its panels could not be loaded. Check the connection and the policy.';
    const detail = new ZifferError('data_unreachable', message, { cause });
    this.dispatchEvent(new CustomEvent('ziffer-error', { detail, bubbles: true, composed: true }));
  };

  /** Before anything is started: the policy of the page may want the worker from elsewhere. */
  #place(): void {
    const worker = this.value('worker-src');
    const wasm = this.value('wasm-src');
    if (worker) configure({ workerUrl: worker });
    if (wasm) configure({ wasmUrl: wasm });
  }

  #host() {
    return {
      element: this,
      value: this.value.bind(this),
      namedSettings: () => this.namedSettings,
      complain: this.complain.bind(this),
      fail: this.#tellFailure,
    };
  }

  // ── Rendering ──────────────────────────────────────────────────────────────

  /** The language asked for, by the attribute, the page around, or the browser. */
  get language(): string {
    const near = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    return this.value('locale') || near || navigator.language;
  }

  override render(): TemplateResult {
    const task = this.value('task');
    const words = firstWords(this.language);
    const retry = this.#room?.retry;
    return html`<slot name="title"></slot>
      <slot name="task">${task ? html`<p class="task" part="task" .textContent=${task}></p>` : null}</slot>
      ${this.#room?.render() ?? this.#waitingRoom(words)}
      ${
        retry
          ? html`<div class="waiting" part="waiting">
              <div class="act">${failed(words, retry)}</div>
            </div>`
          : null
      }
      <slot name="caption"></slot>`;
  }

  #waitingRoom(words: FirstWords): TemplateResult {
    const poster = this.value('poster');
    const start = () => void this.load();
    return html`<div class="waiting" part="waiting">
      ${poster ? html`<img src=${poster} alt="" part="poster" />` : null}
      <slot></slot>
      <p class="printed">${words.printed(location.href)}</p>
      <div class="act">
        ${
          this.#failed
            ? failed(words, start)
            : poster && !this.#loading && this.value('loading') === 'lazy'
              ? button(words.start, start)
              : html`<p class="hint">${words.starting}</p>`
        }
      </div>
    </div>`;
  }
}

function button(text: string, act: () => void): TemplateResult {
  return html`<button type="button" part="button primary start" @click=${act}>${text}</button>`;
}

function failed(words: FirstWords, retry: () => void): TemplateResult {
  return html`<p role="alert">${words.failed}</p>${button(words.retry, retry)}`;
}

/** The class that serves the page. */
export const ZifferLab = define('ziffer-lab', Lab);
export type ZifferLab = Lab;
