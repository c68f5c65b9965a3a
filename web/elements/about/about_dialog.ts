// "About Ziffer": its version, its licence, where the digits come from, and whose work is in it.

import { css, html } from 'lit';
import { property, query } from 'lit/decorators.js';
import { type Locale, localeFor } from '../../locales/index.ts';
import { controls, dialogFrame } from '../kit/base_styles.ts';
import { define, version } from '../kit/define.ts';
import { MovableElement } from '../kit/movable_element.ts';
import { openInSight } from '../kit/seen_part.ts';

/** By a name, since webpack takes `new URL(…, import.meta.url)` for a file of its own. */
const HERE = import.meta.url;

const SETS = [
  ['mnist', 'MNIST'],
  ['unipen', 'UNIPEN (train_r01_v07)'],
  ['pendigits', 'Pendigits'],
] as const;

export class AboutDialog extends MovableElement {
  static override styles = [
    controls,
    dialogFrame,
    css`
      dialog {
        width: min(640px, calc(100vw - 24px));
        overflow: auto;
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .text {
        display: grid;
        gap: 8px;
        margin-top: 12px;
      }
      h3 {
        margin-top: 8px;
      }
      .links {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 20px;
      }
      a {
        color: var(--z-training);
      }
    `,
  ];

  @property({ attribute: false }) locale: Locale = localeFor('en');
  @query('dialog') private dialog!: HTMLDialogElement;

  open(): void {
    void openInSight(this.dialog);
  }

  override render() {
    const { about, model } = this.locale.t;
    const beside = (file: string) => new URL(file, HERE).href;
    return html`<dialog aria-labelledby="title" @close=${() => this.remove()}>
      <div class="head">
        <h2 id="title" class="notranslate" translate="no">Ziffer ${version}</h2>
        <button type="button" @click=${() => this.dialog.close()}>${model.close}</button>
      </div>
      <div class="text">
        <p>${about.licence} ${about.cite}</p>
        <h3>${about.data}</h3>
        ${SETS.map(([key, name]) => html`<p>${name}: ${about[key]}</p>`)}
        <h3>${about.works}</h3>
        <p class="links">
          <a href=${beside('LICENSE.txt')} target="_blank">${about.own}</a>
          <a href=${beside('THIRD-PARTY.txt')} target="_blank">${about.others}</a>
        </p>
      </div>
    </dialog>`;
  }
}

define('ziffer-about', AboutDialog);

/** Opens the dialog inside `root`; it removes itself when it is closed. */
export async function openAboutDialog(root: ParentNode & Node, locale: Locale): Promise<void> {
  const dialog = Object.assign(new AboutDialog(), { locale });
  root.appendChild(dialog);
  await dialog.updateComplete;
  dialog.open();
}
