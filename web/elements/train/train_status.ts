// What the training is doing, in a sentence; and a screen reader hears of its epochs.

import { css, html, type PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { controls } from '../kit/base_styles.ts';
import { define } from '../kit/define.ts';
import { Panel } from '../kit/panel.ts';
import { plan } from '../plan/settings.ts';
import { wilson } from '../runs/statistics.ts';

/** A screen reader hears of an epoch at most this often. */
const ANNOUNCE_EVERY = 5000;

export class TrainStatus extends Panel<
  | 'curves'
  | 'data'
  | 'endedIn'
  | 'evaluation'
  | 'firstEpoch'
  | 'lastEpoch'
  | 'outcome'
  | 'pace'
  | 'phase'
  | 'progress'
  | 'settings'
  | 'step'
> {
  static override styles = [
    controls,
    css`
      .said {
        display: grid;
        align-content: center;
        min-height: 2.8em;
        color: var(--z-muted);
        font-size: 0.94em;
        text-wrap: pretty;
      }
      .kept {
        color: var(--z-good);
        font-weight: 600;
      }
    `,
  ];

  @state() private announced = '';
  #lastTime = 0;
  #lastEpoch = 0;
  #tested = false;

  protected override get subject() {
    return this.experiment?.progress;
  }

  override render() {
    return html`<p class="said" part="status"><span>${this.#sentence()}</span></p>
      <p class="hush" aria-live="polite">${this.announced}</p>`;
  }

  protected override updated(_: PropertyValues): void {
    this.#announce();
  }

  #sentence() {
    const { t, f, experiment } = this;
    const { phase, settings, step, data, firstEpoch, lastEpoch } = experiment;
    if (data.progress) {
      const { loadedBytes, totalBytes } = data.progress;
      const text = t.train.loadingData(f, loadedBytes / Math.max(1, totalBytes), data.name);
      return `${text} · ${t.train.loadingMb(f, loadedBytes, totalBytes)}`;
    }
    if (phase === 'preparing') return t.train.loadingData(f, 0, data.name);
    if (phase === 'testing') return t.train.evaluating(f, data.testTotal);
    if (phase === 'finished') return this.#outcome();
    if (phase === 'paused') {
      return t.train.pausedAt(f, step?.epoch ?? firstEpoch, step?.step ?? 0);
    }
    if (phase === 'training') {
      const left = this.#left();
      const epoch = t.train.training(f, step?.epoch ?? firstEpoch, lastEpoch);
      return left ? `${epoch} · ${left}` : epoch;
    }
    const trainCount = Math.min(settings.trainCount, data.total ?? Infinity);
    const { train, validation } = plan({ ...settings, trainCount });
    const known = data.total !== null || data.has(settings.trainCount);
    return (known ? t.train.idle : t.train.idleAtMost)(f, train, validation);
  }

  #outcome() {
    const { t, f, experiment } = this;
    const { settings, curves, outcome } = experiment;
    const epochs = curves.epochs.length;
    const why =
      outcome === 'early'
        ? t.train.early(f, Math.max(1, settings.patience ?? 1))
        : outcome === 'stopped'
          ? t.train.stoppedByUser(f, experiment.step?.epoch ?? experiment.endedIn)
          : t.train.complete(f, epochs);
    const kept = settings.checkpoint && curves.bestEpoch > 0;
    return html`${why}
    ${kept ? html`<span class="kept">${t.train.bestKept(f, curves.bestEpoch)}</span>` : null}`;
  }

  /** Of all epochs; it may end earlier. */
  #left(): string | null {
    const { t, f, experiment } = this;
    const { settings, pace, lastEpoch } = experiment;
    const ms = pace.left(lastEpoch);
    if (ms === null) return null;
    const time = f.duration(ms);
    return settings.patience === null ? t.train.left(time) : t.train.atMost(time);
  }

  #announce(): void {
    const { t, f, experiment } = this;
    const { curves, evaluation, phase } = experiment;
    const row = curves.epochs.at(-1);
    // A model that is trained on has its curves from the start, and is tested once more at the end.
    if (phase !== 'finished') this.#tested = false;
    if (phase === 'finished' && evaluation && !this.#tested) {
      this.#tested = true;
      const { margin } = wilson(
        Math.round(evaluation.accuracy * evaluation.count),
        evaluation.count,
      );
      this.announced = t.train.announceTest(f.fixed(evaluation.accuracy, 4), f.fixed(margin, 4));
      return;
    }
    if (!row) {
      this.#lastEpoch = 0;
      return;
    }
    const now = performance.now();
    if (row.epoch === this.#lastEpoch || now - this.#lastTime < ANNOUNCE_EVERY) return;
    this.#lastTime = now;
    this.#lastEpoch = row.epoch;
    const validation = row.val_accuracy === undefined ? null : f.fixed(row.val_accuracy, 4);
    this.announced = t.train.announce(f, row.epoch, f.fixed(row.accuracy, 4), validation);
  }
}

define('ziffer-train-status', TrainStatus);
