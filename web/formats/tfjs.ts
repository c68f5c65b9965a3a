// TensorFlow.js's Layers format: model.json (topology and a list of weights) and the weights as one file of little-endian
// floats beside it; saved as a zip of both. Files are untrusted: every number is checked before it is used.
import { strToU8, zipSync } from 'fflate';
import type { ModelFiles, ModelFormat, OpenedModel } from '../api/formats.ts';
import type { KerasConfig, NotKept, Sequential } from '../api/types.ts';
import { ZifferError } from '../protocol/errors.ts';
import { chainOf } from './chain.ts';
import { compileInFile } from './compile_in_file.ts';
import { decodeObject, isObject, LONGEST_JSON, wordOf } from './json.ts';
import { openedAs } from './keras_training.ts';
import { type ArrayAt, formerName, mostBytes, storedWeights } from './stored_weights.ts';
import { toTfjs } from './tfjs_topology.ts';
import { openZip } from './zip.ts';

const WEIGHTS_FILE = 'group1-shard1of1.bin';

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
  /** `optimizer` for what is no layer's. */
  group?: unknown;
}

interface Group {
  paths: string[];
  weights: WeightEntry[];
}

/** Of all groups together. */
const MOST_FILES = 256;
/** What may follow the arrays in a file. */
const PADDING = 2 ** 12;

export const tfjs = { save, read } satisfies ModelFormat;

async function save(model: Sequential): Promise<Blob> {
  const weights = await model.weights();
  const { 'model.json': json, bytes } = tfjsFiles(model, weights);
  const zip = zipSync({ 'model.json': strToU8(json), [WEIGHTS_FILE]: bytes });
  return new Blob([zip as BlobPart], { type: 'application/zip' });
}

/** The topology is read first: it says how large the rest may be. */
export async function read(given: ModelFiles): Promise<OpenedModel> {
  const files = given.bytes[0] === 0x50 ? unzipped(given) : given;
  const root = decodeObject(`${files.name}: model.json`, files.bytes);
  const topology = isObject(root.modelTopology) ? root.modelTopology : {};
  const config = topology.model_config ?? topology;
  if (!isObject(config) || Object.keys(config).length === 0) {
    fail(
      files,
      'expected modelTopology, which is missing. Graph models cannot be read, layers models can.',
    );
  }
  const lost: NotKept[] = [];
  const chain = chainOf(config as unknown as KerasConfig, lost);
  const groups = groupsOf(files, root, mostBytes(chain));
  const found = await fetchWeights(files, groups);
  const weights = storedWeights(files.name, chain, (at, out) => copyFloats(files, found, at, out));
  const training = isObject(topology.training_config) ? topology.training_config : {};
  return openedAs({
    config: chain,
    weights,
    lost,
    optimizer: training.optimizer_config,
    compile: compileInFile(training.optimizer_config, training),
    hasState: groups.some((group) => group.weights.some((weight) => weight.group === 'optimizer')),
    state: null,
  });
}

/** The two files of a model. */
export function tfjsFiles(
  model: Sequential,
  weights: Float32Array,
): { 'model.json': string; bytes: Uint8Array } {
  const entries = model.layersInfo.flatMap((layer) =>
    layer.regions.map(({ name, shape }) => ({
      name: `${layer.name}/${formerName(layer.className, name)}`,
      shape,
      dtype: 'float32',
    })),
  );
  const root = {
    format: 'layers-model',
    generatedBy: 'Ziffer',
    convertedBy: null,
    modelTopology: {
      keras_version: 'ziffer',
      backend: 'ziffer',
      model_config: toTfjs(model.config(), model.isChain),
    },
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: entries }],
  };
  return { 'model.json': JSON.stringify(root), bytes: littleEndian(weights) };
}

/** The groups of the manifest, whose arrays together have at most `most` bytes. */
function groupsOf(files: ModelFiles, root: Record<string, unknown>, most: number): Group[] {
  const manifest = root.weightsManifest;
  if (!Array.isArray(manifest) || !manifest.every(isGroup)) {
    fail(files, 'expected weightsManifest, a list of groups with paths and weights.');
  }
  const paths = manifest.flatMap((group) => group.paths);
  if (paths.length > MOST_FILES) {
    fail(files, `its weights are in ${paths.length} files, more than ${MOST_FILES}.`);
  }
  if (new Set(paths).size < paths.length) fail(files, 'it names a file of weights twice.');
  let total = 0;
  for (const { weights } of manifest) for (const weight of weights) total += bytesOf(files, weight);
  if (total > most) {
    fail(files, `it has ${total} bytes of weights, more than its layers take (${most}).`);
  }
  return manifest;
}

function isGroup(group: unknown): group is Group {
  return (
    isObject(group) &&
    Array.isArray(group.paths) &&
    group.paths.every((path) => typeof path === 'string') &&
    Array.isArray(group.weights) &&
    group.weights.every((w) => typeof w?.name === 'string' && Array.isArray(w.shape))
  );
}

function bytesOf(files: ModelFiles, { name, shape, dtype }: WeightEntry): number {
  // Only the steps of an optimizer are counted in whole numbers.
  if (dtype !== 'float32' && dtype !== 'int32') {
    fail(files, `weights ${name}: expected float32, got ${wordOf(dtype)}.`);
  }
  const right = shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (!right) fail(files, `weights ${name}: expected a shape, a list of whole numbers.`);
  return 4 * shape.reduce((n, d) => n * d, 1);
}

interface Found {
  shape: number[];
  dtype: string;
  bytes: Uint8Array;
}

/** Every entry of the manifest by its name. */
async function fetchWeights(
  files: ModelFiles,
  groups: readonly Group[],
): Promise<Map<string, Found>> {
  const sizes = groups.map(({ weights }) =>
    weights.reduce((sum, weight) => sum + bytesOf(files, weight), 0),
  );
  const wanted = groups.flatMap(({ paths }, i) =>
    paths.map((path) => ({ path, most: sizes[i]! + PADDING })),
  );
  const parts = await files.beside(wanted);
  const found = new Map<string, Found>();
  for (const [i, { paths, weights }] of groups.entries()) {
    const bytes = concatenated(parts.splice(0, paths.length));
    if (bytes.length < sizes[i]!) {
      fail(files, `its weights reach past the end of ${paths.join(', ')}.`);
    }
    let at = 0;
    for (const weight of weights) {
      const size = bytesOf(files, weight);
      const { name, shape, dtype } = weight;
      found.set(name, { shape, dtype, bytes: bytes.subarray(at, at + size) });
      at += size;
    }
  }
  return found;
}

function copyFloats(
  files: ModelFiles,
  found: ReadonlyMap<string, Found>,
  { layer, name, formerly, shape }: ArrayAt,
  out: Float32Array,
): void {
  const entry = lookUp(found, layer, name) ?? lookUp(found, layer, formerly);
  if (!entry) fail(files, `weights ${layer}/${name} are missing.`);
  if (entry.dtype !== 'float32') {
    fail(files, `weights ${layer}/${name}: expected float32, got ${entry.dtype}.`);
  }
  if (entry.shape.join() !== shape.join()) {
    fail(files, `weights ${layer}/${name}: expected [${shape}], got [${entry.shape}].`);
  }
  const view = new DataView(entry.bytes.buffer, entry.bytes.byteOffset, entry.bytes.length);
  for (let i = 0; i < out.length; i++) out[i] = view.getFloat32(4 * i, true);
}

/** Keras 2 and its converters put a scope before the name, or repeat the layer's. */
function lookUp<T>(found: ReadonlyMap<string, T>, layer: string, region: string): T | undefined {
  const exact = found.get(`${layer}/${region}`);
  if (exact) return exact;
  for (const [name, entry] of found) {
    const parts = name.replace(/:0$/, '').split('/');
    if (parts.at(-1) === region && parts.includes(layer)) return entry;
  }
  return undefined;
}

function unzipped({ name, bytes }: ModelFiles): ModelFiles {
  const zip = openZip(name, bytes);
  const json = zip.read('model.json', LONGEST_JSON);
  if (!json) return fail({ name }, 'expected a zip with model.json in it.');
  const beside: ModelFiles['beside'] = async (wanted) =>
    wanted.map(({ path, most }) => {
      // TensorFlow.js writes "./model.weights.bin".
      const entry = zip.read(path.replace(/^\.\//, ''), most);
      return entry ?? fail({ name }, `it refers to ${path}, which the zip does not hold.`);
    });
  return { name, bytes: json, beside };
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function littleEndian(weights: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * weights.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of weights.entries()) view.setFloat32(4 * i, value, true);
  return bytes;
}

function fail({ name }: Pick<ModelFiles, 'name'>, message: string): never {
  throw new ZifferError('invalid_model', `${name}: ${message}`);
}
