// Pause, continue, single step and stop for one fit, as AbortController is to fetch: made by the caller, handed to `fit`.
import { reading } from '../keras/given.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { FitAction } from '../protocol/messages.ts';
import { guardMethods } from './border.ts';

export type FitState = 'idle' | 'running' | 'paused' | 'finished';

/** What a fit does with the controls; the protocol behind it. */
export interface FitLink {
  send(action: FitAction): void;
}

/**
 * ```js
 * const control = new FitControl();
 * const history = model.fit(data, { control });
 * control.pause(); control.step(); control.resume();
 * ```
 * A control serves one fit. `pause()` before the fit begins makes it wait at its first step.
 * Dispatches `change` whenever `state` changes.
 */
export class FitControl extends EventTarget {
  #state: FitState = 'idle';
  #link: FitLink | null = null;
  #used = false;
  readonly #early: FitAction[] = [];

  get state(): FitState {
    return this.#state;
  }

  /** Holds after the current step; nothing computes while paused. */
  pause(): void {
    this.#command('pause', 'paused');
  }

  resume(): void {
    this.#command('resume', 'running');
  }

  /** Does one training step, then holds (also from running). */
  step(): void {
    this.#command('step', 'paused');
  }

  /** Ends the fit after the current step as EarlyStopping would: its promise resolves with the history so far. */
  stop(): void {
    this.#command('stop', this.#state);
  }

  /** Whether a fit hears what it is told. */
  get begun(): boolean {
    return this.#link !== null;
  }

  /** For `fit`: takes the control into use; what it was told before is what the fit begins with. */
  take(): readonly FitAction[] {
    if (this.#used) {
      throw new ZifferError(
        'invalid_state',
        'FitControl: already used by a fit. Make a new one for each fit.',
      );
    }
    this.#used = true;
    return this.#early;
  }

  /** For `fit`: it has begun. */
  attach(link: FitLink): void {
    if (typeof reading('FitControl', () => link?.send) !== 'function') {
      throw new ZifferError('invalid_argument', 'FitControl: attach is for fit alone.');
    }
    this.#link = link;
    if (this.#state === 'idle') this.#become('running');
  }

  /** For `fit`: the fit has settled. */
  detach(): void {
    this.#link = null;
    this.#become('finished');
  }

  #command(action: FitAction, state: FitState): void {
    if (this.#state === 'finished') return;
    if (this.#link) this.#link.send(action);
    else this.#early.push(action);
    this.#become(state);
  }

  #become(state: FitState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.dispatchEvent(new Event('change'));
  }
}

guardMethods(FitControl);
