// A result passport: what somebody claims to have trained, in a file that can be checked. A run is equal to the last bit on every
// machine, so whoever trains the claim again gets the same curves and the same weights, or it is not true. The seed comes from the
// student's name: nobody can hand in another's run as their own.
import type { CompileOptions, LayerSpec } from '../../api/index.ts';
import type { Settings } from '../plan/settings.ts';
import type { EpochRow } from '../runs/curves.ts';
import { sha256 } from './sha256.ts';

export interface Claim {
  /** Name or number; the seed is made of it. */
  readonly student: string;
  /** When, as ISO 8601; the student's own clock. */
  readonly finished: string;
  /** The version of the program. */
  readonly program: string;
  readonly goal: string;
  /** 0 … 1 */
  readonly score: number;
  readonly layers: readonly LayerSpec[];
  /** Null: the usual one for the layers. */
  readonly loss: NonNullable<CompileOptions['loss']> | null;
  readonly settings: Omit<Settings, 'threads'>;
  readonly parameters: number;
  readonly curves: readonly EpochRow[];
  readonly bestEpoch: number;
  readonly test: { readonly loss: number; readonly accuracy: number; readonly misread: number };
  /** SHA-256 of the flat parameters as little-endian floats. */
  readonly weights: string;
}

export interface Passport {
  readonly ziffer: 'passport';
  readonly format: 1;
  readonly claim: Claim;
  /** SHA-256 of the claim as it is written; what was changed by hand or on the way shows at once. */
  readonly sha256: string;
}

/** Why a file is not taken as a passport. */
export type Refusal = 'none' | 'newer' | 'altered' | 'seed';

/** Files of a class are small; what is larger is something else. Bytes. */
export const MOST_BYTES = 1_000_000;

/** What is allowed to differ: spaces around a name, and how its letters are put together. */
export function tidied(student: string): string {
  return student.normalize('NFC').trim().replace(/\s+/g, ' ');
}

/** The student's own seed, 0 … 2³²−1. */
export function seedOf(student: string): number {
  const bytes = new TextEncoder().encode(`ziffer ${tidied(student).toLowerCase()}`);
  return Number.parseInt(sha256(bytes).slice(0, 8), 16);
}

export function weightsDigest(weights: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(4 * weights.length));
  for (const [i, weight] of weights.entries()) bytes.setFloat32(4 * i, weight, true);
  return sha256(new Uint8Array(bytes.buffer));
}

export function passportText(claim: Claim): string {
  const digest = sha256(new TextEncoder().encode(JSON.stringify(claim)));
  const passport: Passport = { ziffer: 'passport', format: 1, claim, sha256: digest };
  return `${JSON.stringify(passport, null, 1)}\n`;
}

/** The claim of a file; it is the one that was written, byte for byte, or refused. Whether it is true, only training tells. */
export function readPassport(text: string): { claim: Claim } | { refusal: Refusal } {
  let read: Partial<Passport> | null;
  try {
    read = JSON.parse(text) as Partial<Passport> | null;
  } catch {
    return { refusal: 'none' };
  }
  if (read?.ziffer !== 'passport' || typeof read.claim !== 'object') return { refusal: 'none' };
  if (read.format !== 1) return { refusal: 'newer' };
  const { claim } = read;
  if (!isClaim(claim) || passportText(claim) !== text) return { refusal: 'altered' };
  return claim.settings.seed === seedOf(claim.student) ? { claim } : { refusal: 'seed' };
}

function isClaim(claim: unknown): claim is Claim {
  const { student, goal, layers, settings, curves, test, weights } = (claim ??
    {}) as Partial<Claim>;
  return (
    [student, goal, weights].every((text) => typeof text === 'string') &&
    [layers, curves].every((list) => Array.isArray(list)) &&
    [settings, test].every((object) => typeof object === 'object' && object !== null)
  );
}
