// Watches a trainer worker until it has started, since until it holds the lock of its life nothing tells of its end.
import { fetchBytes } from '../platform/fetch.ts';
import { SILENCE_S, Watchdog } from '../platform/watchdog.ts';
import { asZifferError, ZifferError } from '../protocol/errors.ts';

/** Seconds for a worker to say its first word once its script is here, and as long again before anybody asks for the script. */
const FIRST_WORD_S = 5;
/** Longer than the worker itself waits for the module's next byte, so that it can say what is missing. */
const NEXT_WORD_S = SILENCE_S + 15;

export class Start {
  /** Whether the worker has ever said anything. */
  heardOf = false;
  #watchdog: Watchdog;
  #over = false;

  constructor(
    private readonly workerUrl: string,
    private readonly fail: (error: ZifferError) => void,
  ) {
    this.#watchdog = new Watchdog(FIRST_WORD_S, () => void this.#askForScript());
  }

  /** At each message of the worker's. */
  heard(): void {
    if (!this.heardOf && !this.#over) this.#wait(NEXT_WORD_S);
    this.heardOf = true;
    this.#watchdog.heard();
  }

  end(): void {
    this.#over = true;
    this.#watchdog.end();
  }

  /** A slow line is no dead worker: whether its script has arrived shows when the page fetches it too, most often from the cache. */
  async #askForScript(): Promise<void> {
    try {
      await fetchBytes(this.workerUrl, { credentials: 'same-origin' });
    } catch (thrown) {
      const error = asZifferError(thrown);
      const none = error.code === 'data_missing' || error.code === 'data_forbidden';
      if (this.#over || this.heardOf) return;
      // A policy may keep the page from fetching what it may start.
      if (none) this.fail(error);
      else this.#wait(SILENCE_S);
      return;
    }
    if (!this.#over && !this.heardOf) this.#wait(FIRST_WORD_S);
  }

  #wait(seconds: number): void {
    this.#watchdog.end();
    this.#watchdog = new Watchdog(seconds, () => {
      const message = `trainer worker: it has said nothing for ${seconds} seconds while it was started. The browser may have ended it, or a policy blocks it; try again.`;
      this.fail(new ZifferError('worker_failed', message));
    });
  }
}
