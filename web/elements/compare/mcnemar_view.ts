// McNemar's test between two runs: whether one reads the test digits better than the other, or only seems to.

import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import type { Run } from '../runs/run_log.ts';
import { mcnemar } from '../runs/statistics.ts';
import { nameOf } from './compare_table.ts';

export class McNemarView extends Panel<'data' | 'runs'> {
  static override styles = [
    controls,
    css`
      .pair {
        margin: 6px 0 10px;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      .pair select {
        width: auto;
        max-width: 100%;
      }
    `,
  ];

  @state() private labels: Uint8Array | null = null;
  /** The data that the labels are of. */
  #labelsOf = -1;
  @state() private pair: readonly [number, number] | null = null;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.runs);
  }

  protected override willUpdate(): void {
    const { runs } = this.experiment.runs;
    const { version } = this.experiment.data;
    if (this.#labelsOf !== version) this.labels = null;
    this.#labelsOf = version;
    if (runs.length > 1 && !this.labels) void this.#loadLabels(version);
    if (this.pair?.every((n) => runs.some((r) => r.number === n))) return;
    const [a, b] = runs.slice(-2);
    this.pair = a && b ? [a.number, b.number] : null;
  }

  async #loadLabels(version: number): Promise<void> {
    try {
      const labels = await (await this.experiment.data.test()).labels();
      if (this.#labelsOf === version) this.labels = labels;
    } catch {
      // The test is not shown without them.
    }
  }

  override render() {
    const { t, f, pair, labels } = this;
    const { runs } = this.experiment.runs;
    if (runs.length < 2) return html`<p class="muted">${t.compare.needTwo}</p>`;
    const a = runs.find((r) => r.number === pair?.[0]);
    const b = runs.find((r) => r.number === pair?.[1]);
    if (!a || !b || !labels) return null;
    // An earlier visit may have found other files at the same address.
    if ([a, b].some(({ test }) => test.predicted.length !== labels.length)) return null;
    const { onlyA, onlyB, p } = mcnemar(labels, a.test.predicted, b.test.predicted);
    const said = p < 0.0001 ? `p < ${f.fixed(0.0001, 4)}` : `p = ${f.fixed(p, 4)}`;
    const only = (n: number, run: Run) => t.compare.onlyA(f, n, nameOf(run, t.presets));
    return html`<section>
      <h3>${t.compare.mcnemar}</h3>
      <div class="pair">
        ${t.compare.between} ${this.#choice(runs, 0)} ${t.compare.and} ${this.#choice(runs, 1)}
      </div>
      <p>
        ${only(onlyA, a)}, ${only(onlyB, b)}.
        ${p < 0.05 ? t.compare.difference(said) : t.compare.noDifference(said)}
      </p>
    </section>`;
  }

  #choice(runs: readonly Run[], side: 0 | 1) {
    const choose = (e: Event) => {
      const number = Number((e.target as HTMLSelectElement).value);
      const [a = 0, b = 0] = this.pair ?? [];
      this.pair = side === 0 ? [number, b] : [a, number];
    };
    return html`<select aria-label="${this.t.compare.run} ${side + 1}" @change=${choose}>
      ${runs.map(
        (run) => html`<option value=${run.number} ?selected=${run.number === this.pair?.[side]}>
          ${nameOf(run, this.t.presets)}
        </option>`,
      )}
    </select>`;
  }
}

define('ziffer-mcnemar', McNemarView);
