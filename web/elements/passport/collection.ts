// The passports of a class: what each file says, what of it is refused, and all of it as a table.
import type { Messages } from '../../locales/index.ts';
import type { Cell } from '../kit/csv.ts';
import { type Claim, type Refusal, readPassport } from './passport.ts';

export interface Entry {
  readonly file: string;
  readonly claim: Claim | null;
  readonly refusal: Refusal | null;
  /** Another file has the same weights; a seed is a student's own, so two of the same student alone. */
  readonly twice: boolean;
}

/** In the order of the students' names; what is refused comes last. */
export function collected(
  files: readonly { readonly name: string; readonly text: string }[],
): Entry[] {
  const read = files.map(({ name, text }) => ({ file: name, ...readPassport(text) }));
  const seen = new Set<string>();
  const entries = read.map((one) => {
    if ('refusal' in one)
      return { file: one.file, claim: null, refusal: one.refusal, twice: false };
    const twice = seen.has(one.claim.weights);
    seen.add(one.claim.weights);
    return { file: one.file, claim: one.claim, refusal: null, twice };
  });
  return entries.sort((a, b) => {
    if (!a.claim || !b.claim) return Number(!a.claim) - Number(!b.claim);
    return a.claim.student.localeCompare(b.claim.student);
  });
}

/** The first row are the columns' names. `verdict`: what is said of an entry in words. */
export function tableOf(
  entries: readonly Entry[],
  { passport }: Messages,
  verdict: (entry: Entry) => string,
): Cell[][] {
  const { columns } = passport.desk;
  const head = Object.values(columns);
  const rows = entries.map((entry): Cell[] => {
    const { file, claim } = entry;
    if (!claim) return [file, ...Array(head.length - 2).fill(undefined), verdict(entry)];
    const { student, score, test, parameters, curves, finished, settings, weights, goal } = claim;
    const numbers = [score, test.accuracy, test.misread, parameters, curves.length];
    return [
      file,
      student,
      ...numbers,
      finished,
      settings.seed,
      weights.slice(0, 8),
      goal,
      verdict(entry),
    ];
  });
  return [head, ...rows];
}
