// Files: the model and the history to take away, and a model from elsewhere.

import { css, html } from 'lit';
import { query, state } from 'lit/decorators.js';
import { type SaveFormat, ZifferError } from '../../api/index.ts';
import { formatNames } from '../../formats/index.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import '../kit/notice.ts';
import { csv, csvBlob } from '../kit/csv.ts';
import { Panel } from '../kit/panel.ts';
import { saveFile } from '../kit/save_file.ts';

/** The file's name in the lecture; formats that it does not name follow it. */
const NAME = 'mnist_keras_model';
const ENDINGS: Readonly<Record<SaveFormat, string>> = {
  keras: 'keras',
  h5: 'h5',
  tfjs: 'tfjs.zip',
  onnx: 'onnx',
};

export class FilesPanel extends Panel<
  'busy' | 'curves' | 'model' | 'open' | 'reading' | 'stopReading'
> {
  static override styles = [
    controls,
    css`
      .halves {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(300px, 100%), 1fr));
        gap: 24px 32px;
      }
      section {
        display: grid;
        align-content: start;
        gap: 10px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      .error {
        color: var(--z-bad);
        font-size: 0.94em;
        overflow-wrap: anywhere;
      }
      .good {
        color: var(--z-good);
      }
    `,
  ];

  @state() private error = '';
  @state() private loaded = '';
  @query('input') private file!: HTMLInputElement;

  protected override get prose() {
    return true;
  }

  override render() {
    const { t, experiment } = this;
    const none = !experiment.model;
    return html`<div class="halves">
      <section>
        <h3>${t.files.save}</h3>
        <p class="muted small">${t.files.saveSub}</p>
        <div class="row">
          ${formatNames().map(
            (format) => html`<button
              type="button"
              ?disabled=${none}
              @click=${() => this.#save(format)}
            >
              ${t.files.formats[format]}
            </button>`,
          )}
          <button
            type="button"
            ?disabled=${experiment.curves.epochs.length === 0}
            @click=${() =>
              saveFile(csvBlob(csv(experiment.curves.table(), this.f)), 'history.csv', this)}
          >
            ${t.files.history}
          </button>
        </div>
      </section>
      <section>
        <h3>${t.files.load}</h3>
        <p class="muted small">${t.files.loadSub}</p>
        <div class="row">
          <button type="button" ?disabled=${experiment.busy} @click=${() => this.file.click()}>
            ${t.files.choose}
          </button>
          ${
            experiment.reading
              ? html`<button type="button" @click=${() => experiment.stopReading()}>
                  ${t.files.stopReading}
                </button>`
              : null
          }
        </div>
        <input
          type="file"
          hidden
          accept=".keras,.h5,.hdf5,.zip,.json,.py,.ipynb"
          aria-label=${t.files.load}
          @change=${this.#chosen}
        />
        <p class="notranslate ${experiment.reading ? 'muted' : 'good'}" translate="no" role="status">${this.#status}</p>
        <ziffer-notice .experiment=${experiment} .locale=${this.locale} only="file"></ziffer-notice>
      </section>
      ${this.error ? html`<p class="error notranslate" translate="no" role="alert">${this.error}</p>` : null}
    </div>`;
  }

  get #status(): string | null {
    const { reading } = this.experiment;
    if (reading) return this.t.files.reading(reading.name);
    return this.loaded ? this.t.files.loaded(this.loaded) : null;
  }

  async #save(format: SaveFormat): Promise<void> {
    const { model } = this.experiment;
    this.error = '';
    try {
      if (model) saveFile(await model.save(format), `${NAME}.${ENDINGS[format]}`, this);
    } catch (error) {
      this.error = error instanceof ZifferError ? error.message : String(error);
    }
  }

  readonly #chosen = async (): Promise<void> => {
    const file = this.file.files?.[0];
    this.file.value = '';
    this.loaded = '';
    if (file && (await this.experiment.open(file))) this.loaded = file.name;
  };
}

define('ziffer-files', FilesPanel);
