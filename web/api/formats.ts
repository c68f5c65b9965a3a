// Which file formats there are. Each registers itself in web/ziffer.ts and is fetched only when such a file is saved or opened.
import { shown } from '../keras/reader.ts';
import { ZifferError } from '../protocol/errors.ts';
import type { Beside } from '../protocol/reader.ts';
import type {
  CompileOptions,
  KerasConfig,
  NotKept,
  OptimizerState,
  SaveFormat,
  Sequential,
} from './types.ts';

/** A file's name and its bytes, fetched when asked for. */
export interface ModelFiles {
  /** Of the first file, for messages. */
  readonly name: string;
  /** The first file. */
  readonly bytes: Uint8Array;
  /** Files beside the first, by their relative paths; to be called once. Rejects where one is missing or larger than it may be. */
  beside(files: readonly Beside[]): Promise<Uint8Array[]>;
}

/** What stands in a file; it can cross between threads. */
export interface OpenedModel {
  config: KerasConfig;
  weights: Float32Array;
  notKept: readonly NotKept[];
  /** As far as Ziffer trains as the file says; null where it does not say. */
  compile: CompileOptions | null;
  optimizer: OptimizerState | null;
}

export interface ModelFormat {
  save(model: Sequential): Promise<Blob>;
  /** Not of formats that are only written. */
  read?(files: ModelFiles): Promise<OpenedModel>;
}

const formats = new Map<SaveFormat, () => Promise<ModelFormat>>();

export function registerFormat(name: SaveFormat, load: () => Promise<ModelFormat>): void {
  formats.set(name, load);
}

/** The formats of this version, in the order in which they were made known. */
export function formatNames(): SaveFormat[] {
  return [...formats.keys()];
}

/** The format's code. Errors: `unsupported_format`. */
export async function formatNamed(name: SaveFormat): Promise<ModelFormat> {
  const load = formats.get(name);
  if (load) return load();
  const known = [...formats.keys()].map((format) => `'${format}'`).join(', ');
  const message = `model file: expected one of ${known}, got ${shown(name)}. This version does not read or write it.`;
  throw new ZifferError('unsupported_format', message);
}

export async function saveModel(model: Sequential, name: SaveFormat): Promise<Blob> {
  return (await formatNamed(name)).save(model);
}
