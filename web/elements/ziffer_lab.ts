// <ziffer-lab>: the lab, or some of its panels, in any page. It costs no worker and no panel until it is seen or asked.
import { html, LitElement, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type PresetName, type StrokePoint, ZifferError } from '../api/index.ts';
import { type Locale, localeFor } from '../locales/index.ts';
import type { Theme } from './bar.ts';
import { Experiment, type ExperimentEvents } from './experiment.ts';
import {
  DEFAULT_PANELS,
  type PanelName,
  readPanels,
  readPreset,
  readSetting,
  SETTING_ATTRIBUTES,
} from './lab_attributes.ts';
import { labStyles } from './lab_styles.ts';
import { isPicture } from './open_model.ts';
import type { Settings } from './settings.ts';
import { type Palette, paletteOf, tokens } from './tokens.ts';

/** The events of the element, all bubbling and composed. */
export type LabEventMap = {
  [K in keyof ExperimentEvents as `ziffer-${K}`]: CustomEvent<ExperimentEvents[K]>;
};

export class ZifferLab extends LitElement {
  static override styles = [tokens, labStyles];

  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit finishes the class that the getter is called on.
    return [...super.observedAttributes, ...SETTING_ATTRIBUTES];
  }

  @property({ reflect: true }) preset = 'simple-cnn';
  /** Names of panels, separated by spaces. */
  @property({ reflect: true }) panels = DEFAULT_PANELS.join(' ');
  /** Default: the nearest `lang`, then the browser's language. */
  @property({ reflect: true }) locale: string | null = null;
  @property({ reflect: true }) theme: Theme = 'auto';

  @state() private loaded = false;
  @state() private palette: Palette | null = null;
  #experiment = this.#newExperiment();
  #awake = false;
  #appliedPreset = '';
  readonly #scheme = matchMedia('(prefers-color-scheme: dark)');
  readonly #visible = new IntersectionObserver((entries) => {
    if (entries.some((e) => e.isIntersecting)) this.#wake();
  });

  /** What the panels show; for pages that build panels of their own. */
  get experiment(): Experiment {
    return this.#experiment;
  }

  /** The settings of the training; setting some leaves the others as they are. */
  get settings(): Readonly<Settings> {
    return this.#experiment.settings;
  }

  set settings(settings: Partial<Settings>) {
    this.#experiment.set(settings);
  }

  // ── Methods for the page ───────────────────────────────────────────────────

  /** Trains, or goes on from a pause. */
  start(): void {
    this.#wake();
    this.#experiment.start();
  }

  pause(): void {
    this.#experiment.pause();
  }

  /** Ends the training and keeps what was learned. */
  stop(): void {
    this.#experiment.stop();
  }

  /** Back to the untrained network of the same seed. */
  reset(): void {
    this.#experiment.reset();
  }

  /** Draws strokes of points in any unit on the pad and lets the network read them. */
  draw(strokes: readonly (readonly StrokePoint[])[]): void {
    this.#wake();
    this.#experiment.digit.draw(strokes);
  }

  // ── Life ───────────────────────────────────────────────────────────────────

  override connectedCallback(): void {
    super.connectedCallback();
    this.#visible.observe(this);
    this.#scheme.addEventListener('change', this.#recolour);
    this.addEventListener('dragover', this.#over);
    this.addEventListener('drop', this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#visible.disconnect();
    this.#scheme.removeEventListener('change', this.#recolour);
    // An element that is only moved is connected again at once, and goes on.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (value === null || !(SETTING_ATTRIBUTES as readonly string[]).includes(name)) return;
    const read = readSetting(name, value);
    if ('value' in read) this.#experiment.set(read.value);
    else this.#complain(name, value, read.expected);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('preset') && this.preset !== this.#appliedPreset) this.#applyPreset();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('theme') || !this.palette) this.#recolour();
  }

  #end(): void {
    this.#experiment.dispose();
    this.#experiment = this.#newExperiment();
    this.#awake = false;
    this.#appliedPreset = '';
    this.#applyPreset();
    this.requestUpdate();
  }

  #wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    this.#visible.disconnect();
    if (!this.#appliedPreset) this.#applyPreset();
    this.#experiment.wake();
    void import('./panels.ts').then(() => {
      this.loaded = true;
    });
  }

  #newExperiment(): Experiment {
    const experiment = new Experiment((name, detail) => {
      this.dispatchEvent(
        new CustomEvent(`ziffer-${name}`, { detail, bubbles: true, composed: true }),
      );
    });
    experiment.subscribe(() => {
      // Chosen in the bar: the attribute follows.
      if (experiment !== this.#experiment || !this.#appliedPreset) return;
      this.#appliedPreset = experiment.modelName;
      if (this.preset !== experiment.modelName) this.preset = experiment.modelName;
    });
    return experiment;
  }

  #applyPreset(): void {
    if (this.preset === 'custom' && this.#experiment.modelName === 'custom') return;
    const read = readPreset(this.preset);
    const preset: PresetName = 'value' in read ? read.value : 'simple-cnn';
    if ('expected' in read) this.#complain('preset', this.preset, read.expected);
    this.#appliedPreset = preset;
    this.#experiment.choose(preset, this.#settingsFromAttributes());
  }

  #settingsFromAttributes(): Partial<Settings> {
    const settings: Partial<Settings> = {};
    for (const name of SETTING_ATTRIBUTES) {
      const text = this.getAttribute(name);
      const read = text === null ? null : readSetting(name, text);
      if (read && 'value' in read) Object.assign(settings, read.value);
    }
    return settings;
  }

  #complain(name: string, value: string, expected: string): void {
    const { t } = this.#words;
    const error = new ZifferError('invalid_argument', t.errors.attribute(name, value, expected));
    console.warn(error.message);
    this.dispatchEvent(
      new CustomEvent('ziffer-error', { detail: error, bubbles: true, composed: true }),
    );
  }

  readonly #over = (e: DragEvent): void => {
    if (e.dataTransfer?.types.includes('Files')) e.preventDefault();
  };

  /** A model's file, wherever it falls; the pad takes pictures. Anything else would make the browser leave the page. */
  readonly #drop = (e: DragEvent): void => {
    const file = e.dataTransfer?.files[0];
    if (!file || e.defaultPrevented) return;
    e.preventDefault();
    if (isPicture(file)) void this.#experiment.digit.take(file);
    else void this.#experiment.open(file, this.#names.includes('draw') ? 'drop' : 'file');
  };

  readonly #recolour = (): void => {
    this.palette = paletteOf(this);
  };

  // ── Rendering ──────────────────────────────────────────────────────────────

  get #words(): Locale {
    const near = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    return localeFor(this.locale || near || navigator.language);
  }

  get #names(): readonly PanelName[] {
    const read = readPanels(this.panels);
    return 'value' in read ? read.value : DEFAULT_PANELS;
  }

  override render() {
    const locale = this.#words;
    const { palette } = this;
    const names = this.#names;
    const has = (name: PanelName) => names.includes(name);
    if (!this.loaded || !palette) {
      return html`<div class="lab bare"><p class="waiting">${locale.t.app.starting}</p></div>`;
    }
    const experiment = this.#experiment;
    const tabs = (['mistakes', 'inside', 'compare', 'files'] as const).filter(has);
    const columns = (['draw', 'train', 'model'] as const).filter(has);
    return html`<div
      class="lab ${has('bar') ? '' : 'bare'}"
      lang=${locale.t.code}
      part="lab"
    >
      ${
        has('bar')
          ? html`<ziffer-bar
              exportparts="bar"
              .experiment=${experiment}
              .locale=${locale}
              .theme=${this.theme}
              .setTheme=${this.#setTheme}
              .setLanguage=${this.#setLanguage}
            ></ziffer-bar>`
          : null
      }
      <div class="main">
        <div class="columns ${columns.join('-')}">
          ${columns.map((name) => this.#panel(name, locale, palette, names))}
        </div>
        ${
          tabs.length > 0
            ? html`<ziffer-closer-look
                part="panel closer"
                .experiment=${experiment}
                .locale=${locale}
                .palette=${palette}
                .tabs=${tabs}
              ></ziffer-closer-look>`
            : null
        }
      </div>
      ${
        has('train') && has('draw')
          ? html`<ziffer-train-bar
              exportparts="train-bar, button, primary"
              .experiment=${experiment}
              .locale=${locale}
            ></ziffer-train-bar>`
          : null
      }
    </div>`;
  }

  #panel(name: PanelName, locale: Locale, palette: Palette, names: readonly PanelName[]) {
    const experiment = this.#experiment;
    if (name === 'draw') {
      return html`<ziffer-draw
        part="panel draw"
        exportparts="title, button, pad, step, verdict, bars, notice"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
        .others=${names}
      ></ziffer-draw>`;
    }
    if (name === 'train') {
      return html`<ziffer-train
        part="panel train"
        ?thumb=${names.includes('draw')}
        exportparts="title, button, primary, status, keras, chart, figures, test-accuracy, sees, notice"
        .experiment=${experiment}
        .locale=${locale}
        .palette=${palette}
      ></ziffer-train>`;
    }
    return html`<ziffer-model
      part="panel model"
      exportparts="title, layers, layer, settings, input"
      .experiment=${experiment}
      .locale=${locale}
      .palette=${palette}
    ></ziffer-model>`;
  }

  readonly #setTheme = (theme: Theme): void => {
    this.theme = theme;
  };

  readonly #setLanguage = (code: string): void => {
    this.locale = code;
  };
}

customElements.define('ziffer-lab', ZifferLab);

declare global {
  interface HTMLElementTagNameMap {
    'ziffer-lab': ZifferLab;
  }
  interface HTMLElementEventMap extends LabEventMap {}
}
