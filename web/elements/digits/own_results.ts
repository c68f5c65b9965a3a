// How the model reads the digits that were drawn here: accuracy with its interval, beside MNIST's; the confusion matrix; the writers.

import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import type { OwnDigit } from '../experiment/digit_file.ts';
import { type OwnTest, testOwn } from '../experiment/own_test.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import '../mistakes/confusion_matrix.ts';
import { Observe } from '../observable/observe.ts';

export class OwnResults extends Panel<
  'classNames' | 'evaluation' | 'model' | 'nameOf' | 'own' | 'report'
> {
  static override styles = [
    controls,
    css`
      :host {
        display: grid;
        gap: 10px;
      }
      table {
        border-collapse: collapse;
      }
      .writers th,
      .writers td {
        padding: 3px 12px 3px 0;
        border-bottom: 1px solid var(--z-line);
        text-align: left;
        overflow-wrap: anywhere;
      }
      ziffer-confusion-matrix {
        max-width: 480px;
      }
    `,
  ];

  @state() private test: OwnTest | null = null;
  @state() private testing = false;
  #of: readonly OwnDigit[] | null = null;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.own);
  }

  protected override get prose() {
    return true;
  }

  override render() {
    const { digits } = this.t;
    const { model, own } = this.experiment;
    const fresh = this.test && this.#of === own.list;
    return html`<div>
        <button type="button" aria-disabled=${!model || this.testing} @click=${() => this.#read()}>
          ${digits.test}
        </button>
      </div>
      <div role="status">${fresh ? this.#figures(this.test!) : null}</div>
      ${fresh ? this.#tables(this.test!) : null}`;
  }

  #figures({ right, count, interval }: OwnTest) {
    const { t, f } = this;
    const { evaluation } = this.experiment;
    const range = `${f.percent(interval.low, 1)} – ${f.percent(interval.high, 1)}`;
    return html`<p>
        <strong>${t.digits.read(right, count)}</strong> · ${f.percent(right / count, 1)}
        <span class="muted">(${t.digits.interval(range)})</span>
      </p>
      ${evaluation ? html`<p class="muted">${t.digits.mnist(f.percent(evaluation.accuracy, 1))}</p>` : null}`;
  }

  #tables({ confusion, writers }: OwnTest) {
    const { t, f } = this;
    return html`<ziffer-confusion-matrix
        .experiment=${this.experiment}
        .locale=${this.locale}
        .confusion=${confusion}
      ></ziffer-confusion-matrix>
      ${
        writers.length > 1
          ? html`<table class="writers">
              <caption class="hush">
                ${t.digits.writers}
              </caption>
              <tbody>
                ${writers.map(
                  ({ writer, right, count }) => html`<tr>
                    <th scope="row">${writer || t.digits.here}</th>
                    <td>${t.digits.read(right, count)}</td>
                    <td>${f.percent(right / count, 0)}</td>
                  </tr>`,
                )}
              </tbody>
            </table>`
          : null
      }`;
  }

  async #read(): Promise<void> {
    const { model, own } = this.experiment;
    if (!model || this.testing) return;
    this.testing = true;
    try {
      const { list } = own;
      this.test = await testOwn(model, list, new AbortController().signal);
      this.#of = list;
    } catch (error) {
      this.experiment.report('model', error, () => void this.#read());
    }
    this.testing = false;
  }
}

define('ziffer-own-results', OwnResults);
