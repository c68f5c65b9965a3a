// The lecture's button, how far it is, and what each of its three trainings reached. In Compare whole; in Train, `brief`, as
// a line that is only as long as it has to be.

import { css, html } from 'lit';
import { property } from 'lit/decorators.js';
import type { LecturePart } from '../experiment/lecture.ts';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { Observe } from '../observable/observe.ts';
import { wilson } from '../runs/statistics.ts';

const MARKS: Readonly<Record<LecturePart['state'], string>> = {
  waiting: '○',
  running: '●',
  done: '✓',
  short: '–',
};

export class LectureView extends Panel<
  'busy' | 'lecture' | 'phase' | 'progress' | 'settings' | 'step'
> {
  static override styles = [
    controls,
    css`
      .stack {
        display: grid;
        gap: 12px;
        max-width: 900px;
      }
      ol {
        display: grid;
        gap: 0;
      }
      li {
        display: grid;
        grid-template-columns: 1.4em minmax(0, 1fr) auto;
        align-items: baseline;
        gap: 0 8px;
        padding: 8px 0;
        border-bottom: 1px solid var(--z-line);
      }
      .mark {
        color: var(--z-muted);
        text-align: center;
      }
      .done .mark {
        color: var(--z-good);
      }
      .running .mark {
        color: var(--z-training);
      }
      .waiting .name {
        color: var(--z-muted);
      }
      .running .name {
        font-weight: 650;
      }
      .reached {
        display: flex;
        flex-wrap: wrap;
        justify-content: end;
        gap: 0 12px;
        text-align: right;
      }
      .track {
        grid-column: 2 / -1;
        height: 3px;
        margin-top: 6px;
        border-radius: 2px;
        background: var(--z-soft);
        overflow: hidden;
      }
      .fill {
        height: 100%;
        background: var(--z-training);
        transform-origin: left;
      }
      .acts,
      .brief {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
      }
      .brief {
        font-size: 0.87em;
      }
      /* Its room stays, so that nothing jumps when a training begins. */
      .kept {
        visibility: hidden;
      }
      .brief .link {
        padding-inline: 0;
      }
      @container (max-width: 480px) {
        .reached {
          grid-column: 2 / -1;
          justify-content: start;
        }
      }
    `,
  ];

  @property({ type: Boolean }) brief = false;

  constructor() {
    super();
    new Observe(this, () => this.experiment?.lecture);
  }

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    if (this.brief) return this.#line();
    const { lecture } = this.experiment;
    const begun = lecture.running || lecture.at > 0 || lecture.done;
    return html`<section class="stack" aria-labelledby="title">
      <h3 id="title">${this.t.lecture.title}</h3>
      ${begun ? this.#parts() : null}
      ${lecture.running ? this.#left() : html`<p class="muted">${this.#promise()}</p>`}
      <div class="acts">${this.#acts('')}</div>
    </section>`;
  }

  #line() {
    const { t, f, experiment } = this;
    const { lecture } = experiment;
    const alone = experiment.busy && !lecture.running;
    const name = t.presets[lecture.parts[lecture.at]?.preset ?? ''] ?? '';
    const now = t.lecture.now(f, lecture.at + 1, lecture.parts.length, name);
    return html`<div class="brief ${alone ? 'kept' : ''}">
      ${lecture.running ? html`<span>${t.lecture.title}, ${now}</span>` : null}
      ${this.#acts('link')}
    </div>`;
  }

  #promise() {
    const { t, f, experiment } = this;
    const { left } = experiment.lecture;
    const time = left === null ? t.lecture.unmeasured : t.lecture.expected(f.duration(left));
    return `${t.lecture.sub} ${time}`;
  }

  #left() {
    const { t, f, experiment } = this;
    const { lecture } = experiment;
    const name = t.presets[lecture.parts[lecture.at]?.preset ?? ''] ?? '';
    const now = t.lecture.now(f, lecture.at + 1, lecture.parts.length, name);
    const { left } = lecture;
    return html`<p>${now}${left === null ? '' : ` · ${t.lecture.left(f.duration(left))}`}</p>`;
  }

  #acts(kind: string) {
    const { t, experiment } = this;
    const { lecture } = experiment;
    const act = (text: string, does: () => void, off = false) => html`<button
      type="button"
      class=${kind}
      part="button"
      aria-disabled=${off}
      @click=${off ? null : does}
    >
      ${text}
    </button>`;
    if (lecture.running) {
      return [act(t.lecture.stop, () => lecture.stop()), act(t.lecture.skip, () => lecture.skip())];
    }
    const next = lecture.parts[lecture.at];
    const name = t.presets[next?.preset ?? ''] ?? '';
    const start = lecture.done || next ? t.lecture.again : t.lecture.start;
    return [
      act(start, () => void lecture.start(), experiment.busy),
      next ? act(t.lecture.resume(name), () => void lecture.resume(), experiment.busy) : null,
    ];
  }

  #parts() {
    const { t, experiment } = this;
    return html`<ol>
      ${experiment.lecture.parts.map((part) => {
        const name = t.presets[part.preset] ?? part.preset;
        return html`<li class=${part.state} aria-current=${part.state === 'running' ? 'step' : 'false'}>
          <span class="mark" aria-hidden="true">${MARKS[part.state]}</span>
          <span class="name">${name}</span>
          <span class="reached">${this.#reached(part)}</span>
          ${part.state === 'running' ? this.#track(name) : null}
        </li>`;
      })}
    </ol>`;
  }

  #reached({ state, run }: LecturePart) {
    const { t, f, experiment } = this;
    if (state === 'running') {
      if (experiment.phase === 'preparing') return t.train.loadingButton;
      if (experiment.phase === 'testing') return t.train.evaluating;
      return t.train.training(f, experiment.step?.epoch ?? 1, experiment.settings.epochs);
    }
    if (!run)
      return html`<span class="muted">${state === 'short' ? t.lecture.skipped : t.lecture.waiting}</span>`;
    const { accuracy, count } = run.test;
    const right = Math.round(accuracy * count);
    return html`${state === 'done' ? null : html`<span class="muted">${t.lecture.short}</span>`}
      <span class="muted">${t.lecture.misread(f, count - right, count)}</span>
      <span><strong>${f.fixed(accuracy, 4)}</strong> ± ${f.fixed(wilson(right, count).margin, 4)}</span>`;
  }

  #track(name: string) {
    const { step, settings } = this.experiment;
    const done = step ? (step.epoch - 1 + step.step / step.steps) / settings.epochs : 0;
    return html`<div
      class="track"
      role="progressbar"
      aria-label=${this.t.lecture.progress(name)}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(100 * done)}
    >
      <div class="fill" .style=${`transform: scaleX(${done})`}></div>
    </div>`;
  }
}

define('ziffer-lecture', LectureView);
