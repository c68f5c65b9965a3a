// What arrives is checked before it is believed: other scripts of a page may post to the same worker or window.
import { isErrorCode } from './errors.ts';
import type {
  Command,
  Farewell,
  FromWorker,
  Notice,
  Request,
  RequestType,
  Settlement,
  ToWorker,
  Wish,
} from './messages.ts';

type Fields = Record<string, unknown>;
type Check = (value: unknown) => boolean;

const number: Check = (v) => typeof v === 'number';
const string: Check = (v) => typeof v === 'string';
const boolean: Check = (v) => typeof v === 'boolean';
const object: Check = (v) => typeof v === 'object' && v !== null;
const floats: Check = (v) => v instanceof Float32Array;
const bytes: Check = (v) => v instanceof Uint8Array;
const integers: Check = (v) => v instanceof Uint32Array;
const images: Check = (v) => bytes(v) || floats(v);
const threads: Check = (v) => v === 'auto' || number(v);
const nullOr =
  (check: Check): Check =>
  (v) =>
    v === null || check(v);
const maybe =
  (check: Check): Check =>
  (v) =>
    v === undefined || check(v);
const oneOf =
  (...values: unknown[]): Check =>
  (v) =>
    values.includes(v);

const action = oneOf('pause', 'resume', 'step', 'stop');

/** Each request's fields; the compiler holds the names to the protocol's. */
const REQUESTS: {
  [T in RequestType]: {
    [F in Exclude<keyof Extract<Request, { type: T }>, 'kind' | 'id' | 'type'>]: Check;
  };
} = {
  start: {
    wasmUrl: string,
    scalarWasmUrl: string,
    workerUrl: string,
    cores: number,
    life: string,
  },
  'model.create': { model: number, config: string, seed: number, weights: nullOr(floats) },
  'model.weights': { model: number },
  'model.setWeights': { model: number, weights: floats },
  'model.reset': { model: number, seed: number },
  'model.compile': { model: number, options: string },
  'model.optimizer': { model: number },
  'model.snapshot': { model: number },
  'model.setOptimizer': { model: number, state: object },
  'model.predict': { model: number, images, count: number },
  'model.activations': { model: number, image: images },
  'model.inspect': { model: number, image: images },
  'model.saliency': { model: number, image: images, classIndex: number },
  'model.dispose': { model: number },
  'data.open': { data: number, source: object, lazy: boolean },
  'data.ready': { data: number },
  'data.images': { data: number, indices: integers },
  'data.labels': { data: number, first: number, count: number },
  'data.dispose': { data: number },
  fit: {
    model: number,
    data: number,
    validation: nullOr(number),
    options: string,
    threads,
    checkpoints: boolean,
    backups: boolean,
    from: nullOr(bytes),
    sampleWeight: maybe(nullOr(floats)),
    turns: maybe(oneOf('epochs', 'batches')),
    actions: (v) => Array.isArray(v) && v.every(action),
  },
  evaluate: {
    model: number,
    data: number,
    threads,
    count: maybe(number),
    sampleWeight: maybe(nullOr(floats)),
  },
  'ink.strokes': { points: floats, lengths: integers, options: string },
};

const COMMANDS: Record<Command['type'], Record<string, Check>> = {
  cancel: { id: number },
  fit: { id: number, action },
  turn: { id: number, stop: boolean, rate: nullOr(number) },
  'compute.port': { worker: number, port: nullOr(object) },
  'compute.lost': { worker: number },
};

const NOTICES: Record<Notice['type'], Record<string, Check>> = {
  alive: {},
  progress: { progress: object },
  step: { report: object },
  epoch: { report: object },
  checkpoint: { epoch: number, logs: object, weights: floats },
  turn: { turn: object },
  backup: { epoch: number, bytes },
  warning: { error: isPlainError },
};

const WISHES: Record<Wish['type'], Record<string, Check>> = {
  'compute.start': { worker: number },
  'compute.end': { worker: number },
};

export function isRequest(message: unknown): message is Request {
  return (
    isFields(message) && message.kind === 'request' && number(message.id) && fits(message, REQUESTS)
  );
}

export function isCommand(message: unknown): message is Command {
  return isFields(message) && message.kind === 'command' && fits(message, COMMANDS);
}

export function isToWorker(message: unknown): message is ToWorker {
  return isRequest(message) || isCommand(message);
}

export function isFromWorker(message: unknown): message is FromWorker {
  return isSettlement(message) || isNotice(message) || isWish(message) || isFarewell(message);
}

export function isSettlement(message: unknown): message is Settlement {
  if (!isFields(message) || !number(message.id)) return false;
  if (message.kind === 'reply') return 'value' in message;
  return message.kind === 'failure' && isPlainError(message.error);
}

function isNotice(message: unknown): message is Notice {
  return (
    isFields(message) && message.kind === 'notice' && number(message.id) && fits(message, NOTICES)
  );
}

function isWish(message: unknown): message is Wish {
  return isFields(message) && message.kind === 'wish' && fits(message, WISHES);
}

function isFarewell(message: unknown): message is Farewell {
  return isFields(message) && message.kind === 'lost' && isPlainError(message.error);
}

function isPlainError(value: unknown): boolean {
  return isFields(value) && isErrorCode(value.code) && string(value.message);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function fits(message: Fields, table: Record<string, Record<string, Check>>): boolean {
  if (typeof message.type !== 'string' || !Object.hasOwn(table, message.type)) return false;
  const checks = table[message.type] ?? {};
  return Object.entries(checks).every(([field, check]) => check(message[field]));
}
