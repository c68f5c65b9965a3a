// Callbacks of a page's own, and what writes a log: fetched with the first fit that has one. The trainer worker waits for what they
// answer after each epoch, or after each batch where one wants to hear of those.
import { HOOKS, type Hook } from '../keras/callbacks.ts';
import { csvHead, csvRow } from '../keras/csv_log.ts';
import type { Notice, PlainTurn } from '../protocol/messages.ts';
import type { Callback, CSVLoggerOptions, OwnCallback, TrainingHold } from './types.ts';

const isOfBatches = (hook: Hook) => /Batch/.test(hook);

/** What a fit's own callbacks want to hear of. */
export function turnsWanted(callbacks: readonly Callback[]): 'epochs' | 'batches' | undefined {
  const own = ownOf(callbacks);
  if (own.length === 0) return undefined;
  const batches = own.some((one) => HOOKS.some((hook) => isOfBatches(hook) && one[hook]));
  return batches ? 'batches' : 'epochs';
}

function ownOf(callbacks: readonly Callback[]): OwnCallback[] {
  return callbacks.flatMap(({ kind, options }) => {
    if (kind === 'lambdaCallback') return [options as OwnCallback];
    return kind === 'csvLogger' ? [loggerOf(options as CSVLoggerOptions)] : [];
  });
}

function loggerOf({ filename, separator, append, text = '', onWrite }: CSVLoggerOptions) {
  let file = append ? text : '';
  let keys: readonly string[] | null = null;
  return {
    onEpochEnd(epoch: number, logs: object) {
      const { head, keys: own } = csvHead(logs, separator);
      if (!keys && !file) file = head;
      keys ??= own;
      file += csvRow(epoch, logs, keys, separator);
      onWrite?.({ filename, text: file });
    },
  };
}

/** What the page answers a turn. */
interface Answer {
  readonly stop: boolean;
  readonly rate: number | null;
}

/** The callbacks of one fit, asked one after another in Keras's order. */
export class OwnCallbacks {
  readonly #own: readonly OwnCallback[];
  /** The batch that was told last, and the last logs. */
  #batch = -1;
  #logs: object = {};

  constructor(callbacks: readonly Callback[]) {
    this.#own = ownOf(callbacks);
  }

  async answer({ turn }: Extract<Notice, { type: 'turn' }>): Promise<Answer> {
    const hold = new Hold(turn.learningRate);
    const { logs } = turn;
    if (!logs) await this.#ask('onTrainBegin', hold, {});
    else if (turn.at === 'epoch') await this.#end(turn, logs, hold);
    else await this.#endBatch(turn, logs, hold);
    if (turn.more && !hold.stopTraining) await this.#beginNext(turn, hold);
    return { stop: hold.stopTraining, rate: hold.given };
  }

  /** The training has ended, however it did. */
  async end(): Promise<void> {
    await this.#ask('onTrainEnd', new Hold(Number.NaN), this.#logs);
  }

  /** The last batch of an epoch that is not validated ends with it. */
  async #end(turn: PlainTurn, logs: object, hold: Hold): Promise<void> {
    if (this.#batch !== turn.batch) await this.#endBatch(turn, logs, hold);
    this.#batch = -1;
    this.#logs = logs;
    await this.#ask('onEpochEnd', hold, turn.epoch, logs);
  }

  async #endBatch(turn: PlainTurn, logs: object, hold: Hold): Promise<void> {
    this.#batch = turn.batch;
    await this.#ask('onTrainBatchEnd', hold, turn.batch, logs);
    await this.#ask('onBatchEnd', hold, turn.batch, logs);
  }

  async #beginNext(turn: PlainTurn, hold: Hold): Promise<void> {
    if (turn.at === 'epoch') await this.#ask('onEpochBegin', hold, turn.epoch + 1, {});
    const batch = turn.at === 'epoch' ? 0 : turn.batch + 1;
    await this.#ask('onTrainBatchBegin', hold, batch, {});
    await this.#ask('onBatchBegin', hold, batch, {});
  }

  async #ask(hook: Hook, hold: Hold, ...told: unknown[]): Promise<void> {
    for (const one of this.#own) {
      const method = one[hook] as ((...args: unknown[]) => unknown) | undefined;
      await method?.call(one, ...told, hold);
    }
  }
}

class Hold implements TrainingHold {
  stopTraining = false;
  /** The rate that was set, or null. */
  given: number | null = null;

  constructor(private readonly rate: number) {}

  get learningRate(): number {
    return this.given ?? this.rate;
  }

  set learningRate(rate: number) {
    this.given = Number(rate);
  }
}
