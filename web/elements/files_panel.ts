// Files: the model and the history to take away, and a model from elsewhere.
import { css, html } from 'lit';
import { query, state } from 'lit/decorators.js';
import { loadModel, type SaveFormat, ZifferError } from '../api/index.ts';
import { controls } from './controls.ts';
import { Panel } from './panel.ts';
import { saveFile } from './save_file.ts';

const FORMATS: readonly (readonly [SaveFormat, string])[] = [
  ['keras', 'keras'],
  ['h5', 'h5'],
  ['tfjs', 'tfjs.zip'],
  ['onnx', 'onnx'],
];

export class FilesPanel extends Panel {
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

  override render() {
    const { t, experiment } = this;
    const none = !experiment.model;
    return html`<div class="halves">
      <section>
        <h3>${t.files.save}</h3>
        <p class="muted small">${t.files.saveSub}</p>
        <div class="row">
          ${FORMATS.map(
            ([format, ending]) => html`<button
              type="button"
              ?disabled=${none || experiment.busy}
              @click=${() => this.#save(format, ending)}
            >
              ${t.files.formats[format]}
            </button>`,
          )}
          <button
            type="button"
            ?disabled=${experiment.curves.epochs.length === 0}
            @click=${() =>
              saveFile(new Blob([experiment.curves.csv()], { type: 'text/csv' }), 'history.csv')}
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
        </div>
        <input
          type="file"
          hidden
          accept=".keras,.h5,.hdf5,.zip,.json,.onnx"
          aria-label=${t.files.load}
          @change=${this.#chosen}
        />
        ${this.loaded ? html`<p class="good" role="status">${t.files.loaded(this.loaded)}</p>` : null}
      </section>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : null}
    </div>`;
  }

  async #save(format: SaveFormat, ending: string): Promise<void> {
    const { model, modelName } = this.experiment;
    await this.#try(async () => {
      if (model) saveFile(await model.save(format), `${modelName}.${ending}`);
    });
  }

  readonly #chosen = async (): Promise<void> => {
    const file = this.file.files?.[0];
    this.file.value = '';
    if (!file) return;
    await this.#try(async () => {
      this.experiment.adopt(await loadModel(file));
      this.loaded = file.name;
    });
  };

  async #try(act: () => Promise<void>): Promise<void> {
    this.error = '';
    this.loaded = '';
    try {
      await act();
    } catch (error) {
      this.error = error instanceof ZifferError ? error.message : String(error);
    }
  }
}

customElements.define('ziffer-files', FilesPanel);
