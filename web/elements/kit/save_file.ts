// Offers a file for download. A frame may not be allowed to, and is not told whether: it says so then, with a link that can be
// saved by hand.
import { css, html } from 'lit';
import { property, query } from 'lit/decorators.js';
import { controls, dialogFrame } from './base_styles.ts';
import { define } from './define.ts';
import { Panel } from './panel.ts';
import { framed, openInSight } from './seen_part.ts';

/** `panel` is whose button was pressed. */
export function saveFile(blob: Blob, name: string, panel: Panel): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  const end = () => URL.revokeObjectURL(url);
  if (mayBeForbidden()) void offer(url, name, panel, end);
  // Firefox and Safari read the URL after the click has returned.
  else setTimeout(end, 10_000);
}

/** False where the frames are known to allow downloads. */
function mayBeForbidden(): boolean {
  try {
    for (let at: Window = window; at !== at.parent; at = at.parent) {
      const sandbox = at.frameElement?.getAttribute('sandbox');
      // Of another origin: nobody tells.
      if (sandbox === undefined) return true;
      if (sandbox !== null && !/\ballow-downloads\b/.test(sandbox)) return true;
    }
    return false;
  } catch {
    return framed;
  }
}

async function offer(url: string, name: string, panel: Panel, end: () => void): Promise<void> {
  const { experiment, locale } = panel;
  const dialog = Object.assign(new SaveDialog(), { experiment, locale, url, name });
  dialog.addEventListener('closed', end);
  panel.renderRoot.append(dialog);
  await dialog.updateComplete;
  await dialog.open();
}

class SaveDialog extends Panel {
  static override styles = [
    controls,
    dialogFrame,
    css`
      dialog {
        width: min(480px, calc(100vw - 32px));
      }
      p {
        margin: 12px 0;
        overflow-wrap: anywhere;
      }
      a {
        color: var(--z-training);
      }
    `,
  ];

  @property() url = '';
  @property() name = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  open(): Promise<void> {
    return openInSight(this.dialog);
  }

  protected override get prose() {
    return true;
  }

  override render() {
    const { t, url, name } = this;
    return html`<dialog aria-labelledby="title" @close=${this.#closed}>
      <h2 id="title" class="notranslate" translate="no">${name}</h2>
      <p>${t.frame.notSaved}</p>
      <p><a href=${url} download=${name}>${name}</a></p>
      <p>${t.frame.alone}</p>
      <p><a href=${location.href} target="_blank" rel="noopener">${location.href}</a></p>
      <button type="button" @click=${() => this.dialog.close()}>${t.model.close}</button>
    </dialog>`;
  }

  readonly #closed = (): void => {
    this.dispatchEvent(new Event('closed'));
    this.remove();
  };
}

define('ziffer-save-dialog', SaveDialog);
