// The slim bar over the lab: its name, the presets, the language and the theme.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { languages } from '../../locales/index.ts';
import { part } from '../../platform/parts.ts';
import { THEMES, type Theme } from '../attributes/attributes.ts';
import { controls as controlStyles } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import '../kit/notice.ts';
import { Panel } from '../kit/panel.ts';
import { PRESETS } from '../plan/settings.ts';

const ICONS: Readonly<Record<Theme, string>> = { auto: '◐', light: '○', dark: '●' };

export class Bar extends Panel<
  'build' | 'choose' | 'controls' | 'layers' | 'modelName' | 'report' | 'settings'
> {
  static override styles = [
    controlStyles,
    css`
      :host {
        border-bottom: 1px solid var(--z-line);
        background: var(--z-card);
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 10px 20px;
        padding: 12px 28px;
      }
      .brand {
        display: flex;
        align-items: center;
        gap: 10px;
        margin-right: auto;
      }
      svg {
        width: 26px;
        height: 26px;
      }
      .name {
        font-size: 1.27em;
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      h1 {
        margin: 0;
        font: inherit;
      }
      .tag {
        color: var(--z-muted);
        font-size: 0.87em;
      }
      fieldset {
        display: flex;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 1px solid var(--z-line);
        border-radius: 8px;
        overflow: hidden;
      }
      fieldset label {
        position: relative;
        display: grid;
        place-items: center;
        min-height: 38px;
        padding: 4px 14px;
        font-size: 0.9em;
        line-height: 1.2;
        text-align: center;
        cursor: pointer;
      }
      fieldset label + label {
        border-left: 1px solid var(--z-line);
      }
      fieldset label:hover {
        background: var(--z-soft);
      }
      fieldset label:has(:checked) {
        background: var(--z-ink);
        color: var(--z-card);
      }
      fieldset label:has(:focus-visible) {
        outline: 2px solid var(--z-training);
        outline-offset: -3px;
      }
      fieldset input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        min-height: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      .tools {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      .tools select {
        width: auto;
        border-color: transparent;
        background: transparent;
        color: var(--z-muted);
        cursor: pointer;
      }
      .tools option {
        background: var(--z-card);
        color: var(--z-ink);
      }
      fieldset:disabled label {
        color: var(--z-muted);
        cursor: default;
      }
      fieldset:disabled label:has(:checked) {
        color: var(--z-card);
      }
      .tools button {
        min-width: 38px;
        padding: 6px;
        border-color: transparent;
        background: transparent;
        color: var(--z-muted);
        font-size: 1.07em;
      }
      .about {
        width: 1.35em;
        border: 1.5px solid;
        border-radius: 50%;
        font: 600 0.8em / 1.2em serif;
      }
      ziffer-notice:not([hidden]) {
        order: 4;
        flex: 1 0 100%;
      }
      .tools .embed {
        margin-inline-start: 6px;
        padding-inline: 14px;
        border-color: var(--z-line);
        color: var(--z-ink);
        font-size: 0.9em;
      }
      @container (max-width: 1240px) {
        .tag {
          display: none;
        }
      }
      @container (max-width: 860px) {
        .bar {
          padding: 10px 16px;
        }
        fieldset {
          order: 3;
          width: 100%;
        }
        fieldset label {
          flex: 1;
          padding-inline: 6px;
        }
      }
      @container (max-width: 520px) {
        fieldset {
          display: grid;
          grid-template-columns: 1fr 1fr;
        }
        fieldset label {
          min-height: 44px;
        }
        fieldset label:nth-of-type(odd) {
          border-left: 0;
        }
        fieldset label:nth-of-type(n + 3) {
          border-top: 1px solid var(--z-line);
        }
      }
      @media (forced-colors: active) {
        fieldset label:has(:checked) {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
        }
        fieldset:disabled label:not(:has(:checked)) {
          color: GrayText;
        }
      }
      @media print {
        .tools,
        fieldset label:not(:has(:checked)) {
          display: none;
        }
      }
      @media (pointer: coarse) {
        fieldset label,
        .tools button {
          min-height: 44px;
        }
        .tools button {
          min-width: 44px;
        }
      }
    `,
  ];

  @property() theme: Theme = 'auto';
  /** The folder of the site, where the lab can be embedded from. */
  @property({ attribute: false }) site: string | null = null;
  @property({ attribute: false }) setTheme: (theme: Theme) => void = () => {};
  @property({ attribute: false }) setLanguage: (code: string) => void = () => {};

  protected override get prose() {
    return true;
  }

  override render() {
    const { t } = this;
    const { controls } = this.experiment;
    return html`<header class="bar" part="bar">
      <div class="brand">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="8" fill="var(--z-training)" />
          <path
            d="M10 10h12L10.5 22H22"
            fill="none"
            stroke="var(--z-on-training)"
            stroke-width="3.4"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
        <h1><span class="name">Ziffer</span></h1>
        <span class="tag">${t.app.tagline}</span>
      </div>
      ${controls.hides('presets') ? null : this.#presets()}
      <div class="tools">
        ${controls.hides('language') ? null : this.#languages()}
        ${controls.hides('theme') ? null : this.#themes()}
        <button
          type="button"
          title=${t.about.button}
          aria-label=${t.about.button}
          @click=${this.#about}
        >
          <span class="about" aria-hidden="true">i</span>
        </button>
        ${
          this.site === null || controls.hides('embed')
            ? null
            : html`<button type="button" class="embed" part="button" @click=${this.#embed}>
                ${t.embed.button}
              </button>`
        }
      </div>
      <ziffer-notice
        only="part"
        exportparts="notice, button"
        .experiment=${this.experiment}
        .locale=${this.locale}
      ></ziffer-notice>
    </header>`;
  }

  #presets() {
    const { t, experiment } = this;
    return html`<fieldset ?disabled=${experiment.controls.locks('presets')}>
      <legend class="hush">${t.presets.label}</legend>
      ${PRESETS.map((name) => this.#preset(name, () => experiment.choose(name)))}
      ${this.#preset('custom', () => experiment.build(experiment.layers))}
    </fieldset>`;
  }

  #languages() {
    const { t } = this;
    return html`<select
      aria-label=${t.app.language}
      @change=${(e: Event) => this.setLanguage((e.target as HTMLSelectElement).value)}
    >
      ${languages.map(
        (l) =>
          html`<option value=${l.code} lang=${l.code} ?selected=${l.code === t.code}>${l.name}</option>`,
      )}
    </select>`;
  }

  #themes() {
    const { t } = this;
    return html`<button
      type="button"
      title="${t.app.theme}: ${t.app.themes[this.theme]}"
      aria-label="${t.app.theme}: ${t.app.themes[this.theme]}"
      @click=${this.#nextTheme}
    >
      <span aria-hidden="true">${ICONS[this.theme]}</span>
    </button>`;
  }

  #preset(name: string, choose: () => void) {
    return html`<label>
      <input
        type="radio"
        name="preset"
        .checked=${this.experiment.modelName === name}
        @change=${choose}
      />
      ${this.t.presets[name]}
    </label>`;
  }

  readonly #embed = (): Promise<void> =>
    this.#open(async () => {
      const { openEmbedDialog } = await part(
        'the dialog to embed the lab',
        () => import('../embed/embed_dialog.ts'),
      );
      await openEmbedDialog(this.renderRoot, this.experiment, this.locale, this.site ?? '');
    });

  readonly #about = (): Promise<void> =>
    this.#open(async () => {
      const { openAboutDialog } = await part(
        'the dialog about Ziffer',
        () => import('../about/about_dialog.ts'),
      );
      await openAboutDialog(this.renderRoot, this.locale);
    });

  /** A dialog is fetched when somebody wants it. */
  async #open(show: () => Promise<void>): Promise<void> {
    try {
      await show();
    } catch (error) {
      this.experiment.report('part', error, () => void this.#open(show));
    }
  }

  readonly #nextTheme = (): void => {
    this.setTheme(THEMES[(THEMES.indexOf(this.theme) + 1) % THEMES.length] ?? 'auto');
  };
}

define('ziffer-bar', Bar);
