// What the embed dialog packs to take away: the offline folder. One thing is packed at a time; closing the dialog gives it up.
import { css, html } from 'lit';
import { property, state } from 'lit/decorators.js';
import { asZifferError } from '../experiment/trouble.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { saveFile } from '../kit/save_file.ts';
import { type Attributes, page } from './embed_code.ts';
import { offlineFolder, type Progress } from './offline_folder.ts';

interface Package {
  readonly label: string;
  readonly hint: string;
  readonly file: string;
  make(onProgress: Progress, signal: AbortSignal): Promise<Blob>;
}

export class TakeAway extends Panel {
  static override styles = [
    controls,
    css`
      .package {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 14px;
        margin-top: 14px;
        padding-top: 14px;
        border-top: 1px solid var(--z-line);
      }
      .package p {
        flex: 1 1 260px;
      }
      .error {
        margin-top: 8px;
        color: var(--z-bad);
      }
    `,
  ];

  @property({ attribute: false }) site = '';
  @property({ attribute: false }) chosen: Attributes = [];
  /** The language of the pages that are packed; '' for that of the lab. */
  @property({ attribute: false }) language = '';
  /** Which is packed, and how far it is. */
  @state() private packing: { readonly file: string; readonly share: number } | null = null;
  @state() private failed = '';
  #abort: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort?.abort();
  }

  override render() {
    return html`${this.#packages().map((made) => this.#package(made))}
    ${this.failed ? html`<p class="error" role="alert">${this.failed}</p>` : null}`;
  }

  #packages(): Package[] {
    const { t, site } = this;
    const { embed } = t;
    const text = page('ziffer/', this.chosen, t.app.title, this.language || t.code);
    return [
      {
        label: embed.folder,
        hint: embed.folderHint,
        file: 'ziffer-folder.zip',
        make: (show, signal) => offlineFolder(site, { 'index.html': text }, show, signal),
      },
    ];
  }

  #package(made: Package) {
    const { t, f, packing } = this;
    const own = packing?.file === made.file;
    return html`<div class="package">
      <button
        type="button"
        class="notranslate"
        translate="no"
        aria-disabled=${packing !== null}
        @click=${() => packing === null && void this.#pack(made)}
      >
        ${own ? t.embed.packing(f.percent(packing.share, 0)) : made.label}
      </button>
      <p class="muted small">${made.hint}</p>
    </div>`;
  }

  async #pack({ file, make }: Package): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    this.packing = { file, share: 0 };
    this.failed = '';
    try {
      const show = (share: number) => {
        this.packing = { file, share };
      };
      saveFile(await make(show, signal), file, this);
    } catch (error) {
      if (!signal.aborted) this.failed = asZifferError(error).message;
    }
    this.packing = null;
  }
}

define('ziffer-take-away', TakeAway);
