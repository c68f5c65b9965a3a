// What the core says of the settings that it reads: its layers, optimizers, losses and callbacks.
import { execFileSync } from 'node:child_process';

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
  readonly low?: number;
  readonly high?: number;
  readonly below?: number;
  readonly words?: readonly string[];
}
interface Named {
  readonly names: readonly string[];
  readonly fields: readonly Field[];
}
export interface Schema {
  readonly layers: readonly { class_name: string; fields: readonly Field[] }[];
  readonly optimizers: readonly Named[];
  readonly losses: readonly Named[];
  readonly metrics: readonly Named[];
  readonly callbacks: readonly Named[];
}
export const SCHEMA: Schema = JSON.parse(
  String(execFileSync('build/native/ziffer_cli', ['--schema'])),
);
