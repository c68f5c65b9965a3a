// Questions to the judge (judge.py), and tests that are skipped where there is none.

import { inject, it, type TestContext } from 'vitest';
import type { KerasConfig } from '../../web/api/types.ts';
import { functionalConfig } from '../../web/formats/graph.ts';

export interface Numbers {
  shape: number[];
  values: Float32Array;
}

/** A test that needs real Keras. */
export function withKeras(law: string, test: (context: TestContext) => Promise<void>): void {
  it(law, async (context) => {
    const { reason } = inject('judge');
    if (reason !== undefined) context.skip(reason);
    await test(context);
  });
}

/** The answer of a function of judge_*.py; its arrays are Numbers. */
export async function ask<T>(question: string, args: Record<string, unknown>): Promise<T> {
  const { url } = inject('judge');
  const body = JSON.stringify({ ...args, ...inTheirWords(args.config as KerasConfig) });
  const response = await fetch(`${url}/${question}`, { method: 'POST', body });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${question}: ${answer}`);
  return decoded(answer) as T;
}

/** A graph as Keras says it; a chain as it is. */
function inTheirWords(config: KerasConfig | undefined): { config?: KerasConfig } {
  const list = config?.config?.layers as KerasConfig[] | undefined;
  return list?.at(-1)?.inbound ? { config: functionalConfig(config!) } : {};
}

export function floats(values: Float32Array, shape: readonly number[] = [values.length]): unknown {
  return packed('float32', values, shape);
}

export function bytes(values: Uint8Array, shape: readonly number[] = [values.length]): unknown {
  return packed('uint8', values, shape);
}

function packed(type: string, values: ArrayBufferView, shape: readonly number[]): unknown {
  const { buffer, byteOffset, byteLength } = values;
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('base64');
  return { $: type, shape, bytes: text };
}

function decoded(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decoded);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (fields.$ === 'float32') {
    const raw = Uint8Array.from(Buffer.from(String(fields.bytes), 'base64'));
    return { shape: fields.shape, values: new Float32Array(raw.buffer) };
  }
  return Object.fromEntries(Object.entries(fields).map(([key, v]) => [key, decoded(v)]));
}

/** The largest difference of two lists, which have to be of one length. */
export function deviation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`expected ${a.length} numbers, got ${b.length}`);
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(a[i]! - b[i]!);
    // NaN is the largest difference of all.
    if (!(d <= most)) most = d;
  }
  return most;
}
