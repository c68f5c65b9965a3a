// What <ziffer-lab> is once it is awake: the experiment, its panels, and the attributes followed both ways. Loaded when a lab is
// first seen or asked, so that a page that nobody scrolls to pays for none of it.
import { html, type TemplateResult } from 'lit';
import type { LayerSpec } from '../../api/index.ts';
import { lacking } from '../../api/support.ts';
import { type Locale, localeFor } from '../../locales/index.ts';
import { isSetting, LAB_ATTRIBUTES, type LabValues } from '../attributes/attributes.ts';
import type { Source } from '../experiment/code.ts';
import type { Tell } from '../experiment/events.ts';
import { Experiment } from '../experiment/experiment.ts';
import { isPicture } from '../experiment/open_model.ts';
import { keepUsedKeys } from '../kit/keys.ts';
import { unknownAttributes } from '../plan/complaint.ts';
import { layersText, readLayers } from '../plan/link.ts';
import { SETTING_ATTRIBUTES, settingOf, settingText } from '../plan/setting_texts.ts';
import './complaints.ts';
import type { Host } from './host.ts';
import { panelsOf } from './layout.ts';
import { Look } from './look.ts';
import { PageCode, pastedCode } from './page_code.ts';
import { PageGoal } from './page_goal.ts';
import { PanelsInTurn } from './panels_in_turn.ts';
import { placeOf } from './place.ts';
import './panels.ts';
import { defaultSettings, type Settings } from '../plan/settings.ts';

export class LabRoom {
  readonly experiment: Experiment;
  readonly #look: Look;
  readonly #panels: PanelsInTurn;
  readonly #page: PageCode;
  readonly #goal: PageGoal;
  /** The model and the settings that the attributes say. */
  #said: { model: string; layers: string; settings: Settings } | null = null;
  /** Where the code comes from whose settings are in force. */
  #from: Source | null = null;

  constructor(private readonly host: Host) {
    const tell: Tell = (name, detail) => {
      const event = new CustomEvent(`ziffer-${name}`, { detail, bubbles: true, composed: true });
      host.element.dispatchEvent(event);
    };
    const again = () => host.element.requestUpdate();
    this.#look = new Look(host.element, again);
    this.#panels = new PanelsInTurn(host.value('panels'), again, host.fail);
    this.experiment = new Experiment(tell, () => placeOf(host.element));
    this.#goal = new PageGoal(host, this.experiment);
    this.#page = new PageCode(host.element, () => this.#useChanged());
    this.#useControls();
    this.#useData();
    this.#useModel();
    this.#findUnknown();
    this.experiment.subscribe(() => this.#follow());
    this.experiment.wake();
  }

  #findUnknown(): void {
    const { element } = this.host;
    const given = element
      .getAttributeNames()
      .map((n) => [n, element.getAttribute(n) ?? ''] as const);
    const names = LAB_ATTRIBUTES.map(({ name }) => name);
    for (const { name, text } of unknownAttributes(given, names))
      this.host.complain(name, text, null);
  }

  /** Where some of the panels could not be loaded: tries again. */
  get retry(): (() => void) | null {
    return this.#panels.retry;
  }

  connected(): void {
    const { element } = this.host;
    this.#look.begin();
    element.addEventListener('dragover', this.#over);
    element.addEventListener('drop', this.#drop);
    element.addEventListener('paste', this.#paste);
    element.addEventListener('keydown', keepUsedKeys);
    this.#page.begin();
  }

  disconnected(): void {
    const { element } = this.host;
    this.#look.end();
    element.removeEventListener('dragover', this.#over);
    element.removeEventListener('drop', this.#drop);
    element.removeEventListener('paste', this.#paste);
    this.#page.end();
    element.removeEventListener('keydown', keepUsedKeys);
  }

  end(): void {
    this.#said = null;
    this.experiment.dispose();
  }

  updated(): void {
    this.#panels.bring(this.host.value('panels'));
  }

  render(): TemplateResult | null {
    if (!this.#look.palette) return null;
    const { element, value } = this.host;
    const locale = localeFor(element.language, value('classes') !== null);
    const missing = lacking();
    if (missing) {
      return html`<div class="waiting" part="waiting" lang=${locale.t.code}>
        <slot></slot>
        <p role="alert">${locale.t.lacking[missing]}</p>
      </div>`;
    }
    return html`${this.#complaints(locale)}${this.#goal.render(locale)}${panelsOf({
      experiment: this.experiment,
      locale,
      palette: this.#look.palette,
      names: value('panels'),
      here: this.#panels.here,
      theme: value('theme'),
      site: element.site,
      setTheme: (theme) => element.reflect('theme', theme),
      setLanguage: (code) => element.reflect('locale', code),
    })}`;
  }

  #complaints(locale: Locale): TemplateResult {
    const { element } = this.host;
    const close = () => {
      element.complaints.clear();
      this.experiment.complain([]);
      element.requestUpdate();
    };
    return html`<ziffer-complaints
      exportparts="notice, button"
      .experiment=${this.experiment}
      .locale=${locale}
      .complaints=${[...element.complaints.values(), ...this.experiment.complaints]}
      .close=${close}
    ></ziffer-complaints>`;
  }

  // ── Attributes to experiment ───────────────────────────────────────────────

  applied(name: string): void {
    if (isSetting(name)) this.#useSetting(name);
    else if (name === 'theme') this.#look.read();
    else if (name === 'controls') this.#useControls();
    else if (name === 'data' || name === 'classes') this.#useData();
    else if (name === 'preset' || name === 'layers' || name === 'src') {
      if (this.#changedFrom(name)) this.#useModel();
    }
  }

  /** Whether an attribute says something else than what is in force, which it may only have followed. */
  #changedFrom(name: 'preset' | 'layers' | 'src'): boolean {
    const { value } = this.host;
    if (name === 'src') return value('src') !== this.experiment.address;
    if (name === 'layers') return (value('layers') ?? '') !== this.#said?.layers;
    return value('preset') !== 'custom' && value('preset') !== this.#said?.model;
  }

  /** The first of: `src`, `layers`, the code in the element, `preset`. */
  #useModel(): void {
    const { experiment, host } = this;
    const { value } = host;
    // What changes on the way is nobody's choice.
    this.#said = null;
    this.#from = null;
    const preset = value('preset') === 'custom' ? 'simple-cnn' : value('preset');
    const layers = this.#namedLayers();
    const settings = host.namedSettings();
    if (layers && value('src') === null) {
      experiment.build(layers);
      experiment.set({ ...defaultSettings('custom'), ...settings });
    } else {
      const from = value('src') ?? this.#page.code;
      experiment.choose(preset as Exclude<LabValues['preset'], 'custom'>, settings, from);
    }
    this.#said = this.#state();
  }

  #namedLayers(): readonly LayerSpec[] | null {
    const text = this.host.value('layers');
    const read = text === null ? null : readLayers(text);
    if (text !== null && read && 'expected' in read)
      this.host.complain('layers', text, read.expected);
    return read && 'value' in read ? read.value : null;
  }

  /** The page writes other code into the element: it takes the place of what somebody has built meanwhile. */
  #useChanged(): void {
    if (this.host.value('src') !== null) return;
    if (this.#page.code) this.host.element.removeAttribute('layers');
    this.#useModel();
  }

  #useSetting(name: string): void {
    const { experiment, host } = this;
    const key = settingOf(name);
    const value = { ...defaultSettings(experiment.modelName), ...host.namedSettings() }[key];
    if (settingText(experiment.settings[key]) === settingText(value)) return;
    experiment.set({ [key]: value });
    this.#said = this.#state();
  }

  #useControls(): void {
    this.experiment.controls = this.host.value('controls');
    this.experiment.changed();
  }

  #useData(): void {
    const { value } = this.host;
    const { experiment } = this;
    experiment.classNames = value('classes') ?? [];
    const [images, trainLabels = '', testImages = '', testLabels = ''] =
      value('data')?.split(' ') ?? [];
    const files = images && testLabels;
    experiment.useData(
      files ? { trainImages: images, trainLabels, testImages, testLabels } : (images ?? null),
    );
    experiment.digit.clear();
    experiment.changed();
  }

  // ── Experiment to attributes ───────────────────────────────────────────────

  #state() {
    const { modelName, layers, settings } = this.experiment;
    const text = modelName === 'custom' ? layersText(layers) : '';
    return { model: modelName as string, layers: text, settings };
  }

  /** What a person chose in the panels, the attributes say. */
  #follow(): void {
    const said = this.#said;
    if (!said) return;
    const now = this.#state();
    const { address, code } = this.experiment;
    // What is at an address, or in the element, says its settings itself.
    if (code && address !== null && address !== this.#from) {
      this.#from = address;
      this.#said = now;
      return;
    }
    if (now.settings === said.settings && now.model === said.model && now.layers === said.layers)
      return;
    this.#said = now;
    const { element, value } = this.host;
    const { experiment } = this;
    if (now.model !== said.model || now.layers !== said.layers) {
      if (value('src') !== null && experiment.address === null) element.removeAttribute('src');
      const own = now.model === 'custom' && experiment.address === null;
      if (own) element.setAttribute('layers', now.layers);
      else element.removeAttribute('layers');
      element.setAttribute('preset', now.model);
    }
    const usual = defaultSettings(experiment.modelName);
    for (const name of SETTING_ATTRIBUTES) {
      const key = settingOf(name);
      if (now.settings[key] === said.settings[key]) continue;
      element.reflect(name, now.settings[key] === usual[key] ? undefined : now.settings[key]);
    }
  }

  // ── The page around ────────────────────────────────────────────────────────

  readonly #over = (e: DragEvent): void => {
    if (e.dataTransfer?.types.includes('Files')) e.preventDefault();
  };

  /** A model's file, wherever it falls; the pad takes pictures. Anything else would make the browser leave the page. */
  readonly #drop = (e: DragEvent): void => {
    const file = e.dataTransfer?.files[0];
    if (!file || e.defaultPrevented) return;
    e.preventDefault();
    const { experiment, host } = this;
    const { controls } = experiment;
    if (isPicture(file)) {
      if (!controls.hides('upload')) void experiment.digit.take(file);
    } else if (!controls.locks('layers')) {
      void experiment.open(file, host.value('panels').includes('draw') ? 'drop' : 'file');
    }
  };

  /** Code, where it is not written into a field. */
  readonly #paste = (e: ClipboardEvent): void => {
    const { experiment } = this;
    if (e.defaultPrevented || experiment.controls.locks('layers')) return;
    const code = pastedCode(e);
    if (!code) return;
    e.preventDefault();
    const where = this.host.value('panels').includes('draw') ? 'drop' : 'file';
    void (code instanceof File ? experiment.open(code, where) : experiment.openCode(code, where));
  };
}
