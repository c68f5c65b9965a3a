// Learning rates that depend on the steps done: their settings with Keras's defaults, in the order of Keras's arguments. A new one is an
// entry of this list.
import { type Field, type Fields, flag, number, readFields, type SettingsIn } from './fields.ts';
import { camelCase, inSnakeCase, snakeCase } from './names.ts';
import { nearest } from './nearest.ts';
import { ConfigReader, isPlain, shortest } from './reader.ts';

const MOST_PIECES = 1024;
const RATE = { min: 0, max: 1e6 } as const;
const initial = number(0, { ...RATE, required: true });
const steps = number(0, { min: 1e-6, max: 1e12, required: true });

const FALLING = {
  initial_learning_rate: initial,
  decay_steps: steps,
  decay_rate: number(0, { ...RATE, required: true }),
  staircase: flag(false),
};

export const SCHEDULES = {
  ExponentialDecay: { fields: FALLING },
  CosineDecay: {
    fields: {
      initial_learning_rate: initial,
      decay_steps: steps,
      alpha: number(0, RATE),
      warmup_target: orNone(RATE.min, RATE.max),
      warmup_steps: number(0, { min: 0, max: 1e12 }),
    },
  },
  PiecewiseConstantDecay: {
    fields: { boundaries: numbers(0, 1e12), values: numbers(RATE.min, RATE.max) },
  },
  PolynomialDecay: {
    fields: {
      initial_learning_rate: initial,
      decay_steps: steps,
      end_learning_rate: number(0.0001, RATE),
      power: number(1, RATE),
      cycle: flag(false),
    },
  },
  InverseTimeDecay: { fields: FALLING },
} as const satisfies Record<string, { fields: Fields }>;

export type ScheduleName = keyof typeof SCHEDULES;
/** A schedule as `compile` takes it, such as `{ name: 'ExponentialDecay', initialLearningRate: 0.1, decaySteps: 1000, decayRate: 0.9 }`. */
export type ScheduleSpec = {
  [Name in ScheduleName]: { name: Name } & SettingsIn<(typeof SCHEDULES)[Name]['fields']>;
}[ScheduleName];

export const SCHEDULE_NAMES = Object.keys(SCHEDULES) as readonly ScheduleName[];

export function isSchedule(value: unknown): value is ScheduleSpec {
  return isPlain(value) && SCHEDULE_NAMES.some((name) => name === value.name);
}

/** Its settings under Keras's names, with every default. */
export function scheduleInKeras({ name, ...told }: ScheduleSpec): Record<string, unknown> {
  const r = new ConfigReader(inSnakeCase(told), name);
  return readFields(SCHEDULES[name].fields, r);
}

/** Out of `{ name, … }`, or of a file's `{ class_name, config }`. Errors: `invalid_config`. */
export function scheduleOf(where: string, value: Readonly<Record<string, unknown>>): ScheduleSpec {
  const inFile = value.class_name ?? value.className;
  const config = inFile === undefined ? value : value.config;
  const word = inFile ?? value.name;
  const name = SCHEDULE_NAMES.find(
    (known) => known === word || camelCase(snakeCase(known)) === word,
  );
  const settings = isPlain(config) ? config : {};
  if (!name) {
    const near = typeof word === 'string' ? nearest(word, SCHEDULE_NAMES) : null;
    const cure = near ? ` Did you mean ${near}?` : '';
    return new ConfigReader({ word }, where).fail(
      `expected a number or one of ${SCHEDULE_NAMES.join(', ')} for learningRate.${cure}`,
    );
  }
  const { fields } = SCHEDULES[name];
  const keys = Object.entries(settings).filter(([key]) => key !== 'name');
  const told = inSnakeCase(Object.fromEntries(keys));
  const r = new ConfigReader(told, `${where}: ${name}`, camelCase);
  for (const key of Object.keys(told)) {
    if (!Object.hasOwn(fields, key)) r.fail(`there is no ${camelCase(key)}.`);
  }
  for (const [key, { required }] of Object.entries(fields as Fields)) if (required) r.present(key);
  const read = readFields(fields, r);
  if (name === 'PiecewiseConstantDecay') requirePieces(r, read);
  const kept = Object.entries(read).map(([key, set]) => [
    camelCase(key),
    typeof set === 'number' ? shortest(set) : set,
  ]);
  return Object.fromEntries([['name', name], ...kept.filter(([, set]) => set !== null)]);
}

function requirePieces(r: ConfigReader, read: Record<string, unknown>): void {
  const { boundaries, values } = read as Record<string, number[]>;
  const ordered = boundaries!.every((b, i) => i === 0 || b >= boundaries![i - 1]!);
  if (ordered && boundaries!.length > 0 && values!.length === boundaries!.length + 1) return;
  r.fail('expected boundaries in order and one value more.');
}

/** Keras 2's `decay`: rate / (1 + decay · steps). */
export function oldDecay(initialLearningRate: number, decayRate: number): ScheduleSpec {
  return { name: 'InverseTimeDecay', initialLearningRate, decaySteps: 1, decayRate };
}

function numbers(min: number, max: number): Field<readonly number[]> {
  const read: Field<readonly number[]>['read'] = (r, key) => {
    const list = r.value(key);
    if (!Array.isArray(list) || list.length > MOST_PIECES) r.expected('a list of numbers', key);
    return Array.from(list as unknown[], (value) => {
      const number = typeof value === 'number' ? value : Number.NaN;
      return number >= min && number <= max ? number : r.expected('a list of numbers', key);
    });
  };
  return { kind: 'other', read, required: true };
}

function orNone(min: number, max: number): Field<number | null> {
  const read: Field<number | null>['read'] = (r, key) =>
    r.has(key) ? r.between(key, r.number(key, 0), min, max) : null;
  return { kind: 'number', read, none: true };
}
