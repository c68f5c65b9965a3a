// The goal of an exercise over the panels: its conditions, what the last training has reached of them, and the way to a passport
// that proves it. Fetched where the page names a goal.
import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import { part } from '../../platform/parts.ts';
import { card, controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import type { Seen } from '../passport/passport_dialog.ts';
import { type Condition, type Goal, type GoalReport, judge, readGoal } from '../plan/goal.ts';
import { measuredOf } from '../runs/measured.ts';

const SIGNS = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=' } as const;
const SHARES: readonly string[] = ['test-accuracy', 'accuracy', 'val-accuracy'];
const LOSSES: readonly string[] = ['test-loss', 'loss', 'val-loss'];

export class GoalPanel extends Panel<Seen | 'blueprint' | 'layers'> {
  static override styles = [
    controls,
    card,
    css`
      :host {
        margin: 12px;
        padding: 14px 20px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 6px 24px;
      }
      h2 {
        margin-inline-end: auto;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 24px;
        margin-block: 6px;
      }
      .met {
        color: var(--z-good);
      }
      .sign {
        display: inline-block;
        width: 1.3em;
        font-weight: 700;
      }
    `,
  ];

  @property() text = '';
  /** The element that tells of trainings. */
  @property({ attribute: false }) lab!: EventTarget;
  /** The goal cannot be read, or can be again (null). */
  @property({ attribute: false }) complain: (expected: string | null) => void = () => {};
  /** Hears of each training that ends. */
  @property({ attribute: false }) tell: (report: GoalReport) => void = () => {};
  #read: { text: string; goal: Goal } = { text: '', goal: [] };

  override connectedCallback(): void {
    super.connectedCallback();
    this.lab.addEventListener('ziffer-trained', this.#trained);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lab.removeEventListener('ziffer-trained', this.#trained);
  }

  protected override willUpdate(): void {
    if (this.text === this.#read.text) return;
    const read = readGoal(this.text);
    this.#read = { text: this.text, goal: 'value' in read ? read.value : [] };
    this.complain('expected' in read ? read.expected : null);
  }

  /** Its run is noted at the end of the task that tells of it. */
  readonly #trained = (): void =>
    queueMicrotask(() => {
      const { report } = this;
      if (report) this.tell(report);
      this.requestUpdate();
    });

  /** Of the last training; null before there is one. */
  get report(): GoalReport | null {
    const last = this.experiment.runs.runs.at(-1);
    const { goal } = this.#read;
    return last && goal.length > 0 ? judge(goal, measuredOf(last)) : null;
  }

  override render() {
    const { goal } = this.#read;
    if (goal.length === 0) return null;
    const { t, f, report } = this;
    // Before a training the model tells how large it is.
    const shown = report ?? judge(goal, this.#ofModel());
    const met = shown.conditions.filter((condition) => condition.met).length;
    return html`<section aria-labelledby="title" part="panel" lang=${t.code}>
      <div class="row">
        <h2 id="title" part="title">${t.goal.title}</h2>
        <p class=${report?.met ? 'met' : 'muted'} aria-live="polite">
          ${report ? (report.met ? t.goal.reached : t.goal.score(f, met, goal.length)) : t.goal.none}
        </p>
        <button type="button" part="button" aria-disabled=${!report} @click=${this.#passport}>
          ${t.goal.passport}
        </button>
      </div>
      <ul>
        ${shown.conditions.map((condition) => this.#condition(condition))}
      </ul>
    </section>`;
  }

  #condition(condition: GoalReport['conditions'][number]) {
    const { t } = this;
    const { value, met } = condition;
    const state = value === null ? t.goal.open : met ? t.goal.met : t.goal.unmet;
    return html`<li class=${met ? 'met' : ''}>
      <span class="sign" aria-hidden="true">${value === null ? '○' : met ? '✓' : '✗'}</span
      ><span class="hush">${state}: </span>${t.goal.measures[condition.measure]}
      ${SIGNS[condition.sign]} ${this.#number(condition, condition.target)}${
        value === null
          ? null
          : html` <span class="muted">(${this.#number(condition, value)})</span>`
      }
    </li>`;
  }

  #number({ measure, target }: Condition, value: number): string {
    const { f } = this;
    if (!SHARES.includes(measure) && !LOSSES.includes(measure)) return f.int(value);
    // As exact as the goal, and no less than the lab's own figures: 0.97 is not reached by 0.96996.
    const places = Math.max(value === target ? 2 : 4, `${target}`.split('.')[1]?.length ?? 0);
    return f.fixed(value, places);
  }

  #ofModel() {
    const { blueprint, layers, settings } = this.experiment;
    return {
      layers: layers.length,
      'train-count': settings.trainCount,
      ...(blueprint && { parameters: blueprint.parameterCount }),
    };
  }

  readonly #passport = async (): Promise<void> => {
    const { report } = this;
    if (!report) return;
    try {
      const { openPassportDialog } = await part(
        'the result passport',
        () => import('../passport/passport_dialog.ts'),
      );
      await openPassportDialog(this.renderRoot, this.experiment, this.locale, this.text);
    } catch (error) {
      this.experiment.report('part', error, () => void this.#passport());
    }
  };
}

define('ziffer-goal', GoalPanel);
