// What has gone wrong in an experiment, as the panels, the page and the console are told it.
import { ZifferError } from '../../api/index.ts';
import type { Complaint } from '../plan/complaint.ts';
import type { Entries } from './entries.ts';
import type { Tell } from './events.ts';
import { type Trouble, troubleOf } from './trouble.ts';

export class Troubles {
  trouble: Trouble | null = null;
  /** What the page's address says and the lab does not understand. */
  complaints: readonly Complaint[] = [];
  /** The forms that are open; each takes what was typed into it before a training begins. */
  readonly entries = new Set<Entries>();

  constructor(
    private readonly tell: Tell,
    private readonly changed: () => void,
  ) {}

  fail(where: Trouble['where'], thrown: unknown, retry: (() => void) | null): void {
    const again =
      retry &&
      (() => {
        this.dismiss();
        retry();
      });
    const trouble = troubleOf(where, thrown, again);
    // A lost worker fails the training and the reading of the pad: the way out of the one stays when the other is told.
    if (!again && this.trouble?.retry && this.trouble.where === trouble.where) return;
    this.trouble = trouble;
    this.tell('error', trouble.error);
    this.changed();
  }

  dismiss(): void {
    this.trouble = null;
    this.changed();
  }

  /** Says on the console, to the page and in the lab what was not understood. */
  complain(complaints: readonly Complaint[]): void {
    this.complaints = complaints;
    for (const { name, text, expected } of complaints) {
      const message = `address: ${name}=${text}: expected ${expected ?? 'another name'}. Nothing was changed.`;
      console.warn(message);
      this.tell('error', new ZifferError('invalid_argument', message));
    }
    this.changed();
  }

  /** Whether all that was typed is in force. Otherwise says what is not allowed. */
  settled(): boolean {
    for (const form of this.entries) {
      const wrong = form.settle();
      if (wrong === null) continue;
      this.fail('entry', new ZifferError('invalid_argument', wrong), null);
      return false;
    }
    return true;
  }

  /** What was typed is right now, or gone. */
  corrected(): void {
    if (this.trouble?.where === 'entry') this.dismiss();
  }

  /** Another picture comes to the pad. */
  forgetPicture(): void {
    if (this.trouble?.where !== 'picture' && this.trouble?.where !== 'drop') return;
    this.trouble = null;
    this.changed();
  }
}
