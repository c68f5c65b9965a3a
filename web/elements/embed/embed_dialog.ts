// "Embed": choose panels and settings, see the lab as it will be, and take the lines for a page or a folder for any host.

import { html } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { type Locale, languages } from '../../locales/index.ts';
import { PANELS, type PanelName, THEMES, type Theme } from '../attributes/attributes.ts';
import { controls, dialogFrame } from '../kit/base_styles.ts';
import { copyText } from '../kit/copy_text.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { openInSight } from '../kit/seen_part.ts';
import type { Plan } from '../plan/plan.ts';
import { attributesOf, type Choices, FIRST_CHOICES } from './embed_choices.ts';
import { type Attributes, type EmbedForm, embedCode, FORMS } from './embed_code.ts';
import { embedStyles } from './embed_styles.ts';
import { siteFiles } from './site_files.ts';
import './take_away.ts';

export class EmbedDialog extends Panel<keyof Plan> {
  static override styles = [controls, dialogFrame, embedStyles];

  @property({ attribute: false }) site = '';
  @state() private choices: Choices = FIRST_CHOICES;
  @state() private form: EmbedForm = 'element';
  @state() private copied: boolean | null = null;
  /** Of the site's script; '' where the site does not say it. */
  @state() private fingerprint = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  open(): void {
    void openInSight(this.dialog);
    siteFiles(this.site).then(
      ({ integrity }) => {
        this.fingerprint = integrity;
      },
      // The tag works without.
      () => {},
    );
  }

  protected override get prose() {
    return true;
  }

  override render() {
    const { t } = this;
    const { embed } = t;
    const attributes = attributesOf(this.choices, this.experiment);
    return html`<dialog aria-labelledby="title" @close=${this.#closed}>
      <div class="head">
        <h2 id="title">${embed.title}</h2>
        <button type="button" @click=${() => this.dialog.close()}>${t.model.close}</button>
      </div>
      <div class="body">
        <form class="choices" @submit=${(e: Event) => e.preventDefault()}>${this.#choose()}</form>
        <div class="shown">
          <h3>${embed.preview}</h3>
          <!-- What happens in the preview is not what happens in the lab. -->
          <div class="preview" tabindex="0" role="region" aria-label=${embed.preview} @ziffer-error=${stop} @ziffer-ready=${stop} @ziffer-step=${stop} @ziffer-epoch=${stop} @ziffer-trained=${stop} @ziffer-predict=${stop} @ziffer-digits=${stop}>
            ${this.#preview(attributes)}
          </div>
        </div>
        <section class="take" aria-labelledby="code">
          <h3 id="code" class="hush">${embed.code}</h3>
          ${this.#code(attributes)}
          <ziffer-take-away
            .experiment=${this.experiment}
            .locale=${this.locale}
            .site=${this.site}
            .chosen=${attributes}
            .language=${this.choices.locale}
          ></ziffer-take-away>
          <p class="small"><a href="${this.site}examples/index.html">${embed.examples}</a></p>
        </section>
      </div>
    </dialog>`;
  }

  // ── Choices ────────────────────────────────────────────────────────────────

  #choose() {
    const { t, choices } = this;
    const { embed } = t;
    return html`<p class="muted small">${embed.asSetUp}</p>
      <fieldset>
        <legend>${embed.panels}</legend>
        ${PANELS.map((name) => this.#panelBox(name))}
      </fieldset>
      <label>
        <span>${embed.task}</span>
        <input
          type="text"
          .value=${choices.task}
          @input=${(e: Event) => this.#set({ task: textOf(e) })}
        />
      </label>
      <div class="pair">
        ${this.#select(
          t.app.language,
          choices.locale,
          [['', embed.asPage], ...languages.map((l) => [l.code, l.name] as const)],
          (locale) => this.#set({ locale }),
        )}
        ${this.#select(
          t.app.theme,
          choices.theme,
          THEMES.map((theme) => [theme, t.app.themes[theme]] as const),
          (theme) => this.#set({ theme: theme as Theme }),
        )}
      </div>
      <fieldset>
        <legend>${embed.more}</legend>
        ${this.#box(embed.lockModel, choices.lockModel, (lockModel) => this.#set({ lockModel }))}
        ${this.#box(embed.lockSettings, choices.lockSettings, (lockSettings) =>
          this.#set({ lockSettings }),
        )}
        ${this.#box(embed.eager, choices.eager, (eager) => this.#set({ eager }))}
        ${this.#box(embed.fingerprint, choices.fingerprint, (fingerprint) => this.#set({ fingerprint }))}
      </fieldset>`;
  }

  #panelBox(name: PanelName) {
    const { panels } = this.choices;
    const label = this.t.embed.panelNames[name] ?? name;
    const on = panels.includes(name);
    return this.#box(
      label,
      on,
      (wanted) =>
        this.#set({ panels: wanted ? [...panels, name] : panels.filter((p) => p !== name) }),
      // Something has to be shown.
      on && panels.length === 1,
    );
  }

  #box(label: string, checked: boolean, set: (checked: boolean) => void, disabled = false) {
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${checked}
        ?disabled=${disabled}
        @change=${(e: Event) => set((e.target as HTMLInputElement).checked)}
      />
      <span>${label}</span>
    </label>`;
  }

  #select(
    label: string,
    value: string,
    options: readonly (readonly [string, string])[],
    set: (value: string) => void,
  ) {
    return html`<label>
      <span>${label}</span>
      <select @change=${(e: Event) => set(textOf(e))}>
        ${options.map(([v, text]) => html`<option value=${v} ?selected=${v === value}>${text}</option>`)}
      </select>
    </label>`;
  }

  #set(choices: Partial<Choices>): void {
    this.choices = { ...this.choices, ...choices };
    this.copied = null;
  }

  // ── What comes of them ─────────────────────────────────────────────────────

  /** One lab for all choices: its attributes change as they would in a page. */
  #preview(attributes: Attributes) {
    const own = new Map(attributes);
    return html`<ziffer-lab
      panels=${own.get('panels') ?? 'draw train model'}
      preset=${own.get('preset') ?? 'simple-cnn'}
    ></ziffer-lab>`;
  }

  protected override updated(): void {
    const lab = this.renderRoot.querySelector('ziffer-lab');
    if (!lab) return;
    const wanted = new Map(attributesOf(this.choices, this.experiment));
    if (!wanted.has('locale')) wanted.set('locale', this.locale.t.code);
    for (const name of lab.getAttributeNames()) {
      if (!wanted.has(name) && name !== 'panels' && name !== 'preset') lab.removeAttribute(name);
    }
    for (const [name, text] of wanted) {
      if (lab.getAttribute(name) !== text) lab.setAttribute(name, text);
    }
  }

  #code(attributes: Attributes) {
    const { t, form, site } = this;
    const { embed } = t;
    const integrity = this.choices.fingerprint ? this.fingerprint : '';
    const checked = integrity !== '' && form !== 'frame';
    return html`<div class="forms" role="group" aria-label=${embed.code}>
        ${FORMS.map(
          (name) => html`<button
            type="button"
            class="quiet"
            aria-pressed=${name === form}
            @click=${() => {
              this.form = name;
              this.copied = null;
            }}
          >
            ${embed.forms[name]}
          </button>`,
        )}
        <button type="button" class="copy primary notranslate" translate="no" @click=${this.#copy}>
          ${this.copied ? `✓ ${t.model.copied}` : t.model.copy}
        </button>
      </div>
      <pre tabindex="0" class="notranslate" translate="no" aria-label=${embed.forms[form]}><code>${embedCode(form, site, attributes, integrity)}</code></pre>
      <p class="muted small">${embed.hints[form]} ${checked ? embed.fingerprintHint : ''}</p>
      <p class="small" aria-live="polite">${this.copied === false ? t.frame.copyByHand : ''}</p>
      <p class="hush" aria-live="polite">${this.copied ? t.model.copied : ''}</p>`;
  }

  readonly #copy = async (): Promise<void> => {
    this.copied = await copyText(this.renderRoot.querySelector('pre')!);
  };

  readonly #closed = (): void => this.remove();
}

define('ziffer-embed', EmbedDialog);

/** Opens the dialog inside `root`; it removes itself when it is closed. */
export async function openEmbedDialog(
  root: ParentNode & Node,
  experiment: EmbedDialog['experiment'],
  locale: Locale,
  site: string,
): Promise<void> {
  const dialog = Object.assign(new EmbedDialog(), { experiment, locale, site });
  root.appendChild(dialog);
  await dialog.updateComplete;
  dialog.open();
}

const stop = (e: Event): void => e.stopPropagation();

function textOf(e: Event): string {
  return (e.target as HTMLInputElement | HTMLSelectElement).value;
}
