// What a finished training is to reach, as a page's author writes it: `test-accuracy >= 0.97; parameters <= 20000; epochs <= 10`.
import type { Read } from './setting_texts.ts';

const SHARES = ['test-accuracy', 'accuracy', 'val-accuracy'] as const;
const COUNTS = ['misread', 'parameters', 'layers', 'epochs', 'train-count'] as const;
export const MEASURES = [...SHARES, 'test-loss', 'loss', 'val-loss', ...COUNTS] as const;
export type Measure = (typeof MEASURES)[number];

const SIGNS = {
  '>=': (value: number, target: number) => value >= target,
  '<=': (value: number, target: number) => value <= target,
  '>': (value: number, target: number) => value > target,
  '<': (value: number, target: number) => value < target,
  '=': (value: number, target: number) => value === target,
} as const;
export type Sign = keyof typeof SIGNS;

export interface Condition {
  readonly measure: Measure;
  readonly sign: Sign;
  readonly target: number;
}

/** In the order of the text. */
export type Goal = readonly Condition[];

/** What a training has measured; what it has not, meets nothing. */
export type Measured = Readonly<Partial<Record<Measure, number>>>;

export interface GoalReport {
  /** 0 … 1: the share of the conditions that are met; 1 is the whole goal. */
  readonly score: number;
  readonly met: boolean;
  readonly conditions: readonly (Condition & {
    readonly value: number | null;
    readonly met: boolean;
  })[];
}

/** Other spellings of the signs. */
const SPELLED: Readonly<Record<string, Sign>> = {
  '≥': '>=',
  '=>': '>=',
  '≤': '<=',
  '=<': '<=',
  '==': '=',
};
const CONDITION = /^([a-z][a-z _-]*?)\s*(>=|<=|=>|=<|==|[<>=≥≤])\s*(.+)$/i;

/** Conditions with semicolons or `and` between them. Keras's `val_accuracy` is `val-accuracy`. */
export function readGoal(text: string): Read<Goal> {
  const goal: Condition[] = [];
  const parts = text.split(/;|\band\b|&&/i).map((part) => part.trim());
  for (const part of parts.filter(Boolean)) {
    const read = readCondition(part);
    if ('expected' in read) return read;
    goal.push(read.value);
  }
  return goal.length > 0 ? { value: goal } : { expected: EXAMPLE };
}

const EXAMPLE = `conditions such as test-accuracy >= 0.97; parameters <= 20000, with ${MEASURES.join(', ')}`;

function readCondition(text: string): Read<Condition> {
  const [, name = '', sign = '', number = ''] = CONDITION.exec(text) ?? [];
  if (!name) return { expected: `${EXAMPLE}, not “${text}”` };
  const spelled = name.toLowerCase().replace(/[ _]+/g, '-');
  const measure = MEASURES.find((one) => one === spelled);
  if (!measure) return { expected: `one of ${MEASURES.join(', ')}, not “${name}”` };
  const target = readTarget(measure, number);
  if ('expected' in target)
    return { expected: `${measure} with ${target.expected}, not “${number}”` };
  return { value: { measure, sign: SPELLED[sign] ?? (sign as Sign), target: target.value } };
}

function readTarget(measure: Measure, text: string): Read<number> {
  const [, digits, percent] = /^(\d[\d_]*(?:\.\d+)?|\.\d+)\s*(%?)$/.exec(text) ?? [];
  const plain = digits?.replaceAll('_', '');
  const isOneOf = (list: readonly string[]) => list.includes(measure);
  if (isOneOf(SHARES)) {
    const share = Number(plain === undefined ? Number.NaN : `${plain}e${percent ? -2 : 0}`);
    return share <= 1 ? { value: share } : { expected: 'a share such as 0.97 or 97 %' };
  }
  const value = plain === undefined || percent ? Number.NaN : Number(plain);
  if (isOneOf(COUNTS) && !Number.isSafeInteger(value))
    return { expected: 'a whole number such as 20000' };
  return Number.isFinite(value) ? { value } : { expected: 'a number such as 0.1' };
}

/** Numbers that are none (NaN) meet nothing. */
export function judge(goal: Goal, measured: Measured): GoalReport {
  const conditions = goal.map((condition) => {
    const value = measured[condition.measure] ?? Number.NaN;
    const met = SIGNS[condition.sign](value, condition.target);
    return { ...condition, value: Number.isFinite(value) ? value : null, met };
  });
  const count = conditions.filter(({ met }) => met).length;
  return { score: count / conditions.length, met: count === conditions.length, conditions };
}
