// TensorFlow.js's Layers format: model.json (topology and a list of weights) and the weights as one file of little-endian
// floats beside it; saved as a zip of both. Files are untrusted: every number is checked before it is used.
import { strToU8, zipSync } from 'fflate';
import type { ModelFiles, ModelFormat } from '../api/formats.ts';
import { type KerasConfig, type NotKept, type Sequential, ZifferError } from '../api/index.ts';
import { modelFromKeras } from '../api/model.ts';
import { chainOf } from './chain.ts';
import { parseObject } from './json.ts';
import { type ArrayAt, storedWeights } from './stored_weights.ts';
import { toTfjs } from './tfjs_topology.ts';
import { unzip } from './zip.ts';

const WEIGHTS_FILE = 'group1-shard1of1.bin';

interface WeightEntry {
  name: string;
  shape: number[];
  dtype: string;
}

interface Manifest {
  paths: string[];
  weights: WeightEntry[];
}

export const tfjs: ModelFormat = {
  async save(model) {
    const weights = await model.weights();
    const { 'model.json': json, bytes } = tfjsFiles(model, weights);
    const zip = zipSync({ 'model.json': strToU8(json), [WEIGHTS_FILE]: bytes });
    return new Blob([zip as BlobPart], { type: 'application/zip' });
  },

  async load(given) {
    const files = given.bytes[0] === 0x50 ? unzipped(given) : given;
    const root = parseObject(`${files.name}: model.json`, new TextDecoder().decode(files.bytes));
    const topology = root.modelTopology as Record<string, unknown> | undefined;
    const config = (topology?.model_config ?? topology) as KerasConfig | undefined;
    if (typeof config !== 'object' || config === null) {
      fail(
        files,
        'expected modelTopology, which is missing. Graph models cannot be read, layers models can.',
      );
    }
    const found = await fetchWeights(files, manifestsOf(files, root));
    const lost: NotKept[] = [];
    const chain = chainOf(config, lost);
    const weights = storedWeights(chain, (at, out) => copyFloats(files, found, at, out));
    return modelFromKeras(chain, weights, lost);
  },
};

/** The two files of a model. */
export function tfjsFiles(
  model: Sequential,
  weights: Float32Array,
): { 'model.json': string; bytes: Uint8Array } {
  const entries = model.layersInfo.flatMap((layer) =>
    layer.regions.map(({ name, shape }) => ({
      name: `${layer.name}/${name}`,
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
      model_config: toTfjs(model.config()),
    },
    weightsManifest: [{ paths: [WEIGHTS_FILE], weights: entries }],
  };
  return { 'model.json': JSON.stringify(root), bytes: littleEndian(weights) };
}

function manifestsOf(files: ModelFiles, root: Record<string, unknown>): Manifest[] {
  const manifests = root.weightsManifest;
  const right =
    Array.isArray(manifests) &&
    manifests.every(
      (group: Partial<Manifest> | null) =>
        Array.isArray(group?.paths) &&
        group.paths.every((path) => typeof path === 'string') &&
        Array.isArray(group.weights) &&
        group.weights.every((w) => typeof w?.name === 'string' && Array.isArray(w.shape)),
    );
  if (!right) fail(files, 'expected weightsManifest, a list of groups with paths and weights.');
  return manifests as Manifest[];
}

interface Found {
  shape: number[];
  bytes: Uint8Array;
}

/** Every entry of the manifest by its name. */
async function fetchWeights(
  files: ModelFiles,
  manifests: readonly Manifest[],
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  for (const { paths, weights } of manifests) {
    const bytes = concatenated(await Promise.all(paths.map((path) => files.beside(path))));
    let at = 0;
    for (const { name, shape, dtype } of weights) {
      if (dtype !== 'float32') fail(files, `weights ${name}: expected float32, got ${dtype}.`);
      const size = 4 * shape.reduce((n, d) => n * d, 1);
      if (!(size >= 0) || at + size > bytes.length) {
        fail(files, `weights ${name}: [${shape}] reaches past the end of ${paths.join(', ')}.`);
      }
      found.set(name, { shape, bytes: bytes.subarray(at, at + size) });
      at += size;
    }
  }
  return found;
}

function copyFloats(
  files: ModelFiles,
  found: ReadonlyMap<string, Found>,
  { layer, name, shape }: ArrayAt,
  out: Float32Array,
): void {
  const entry = lookUp(found, layer, name);
  if (!entry) fail(files, `weights ${layer}/${name} are missing.`);
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

function unzipped(zip: ModelFiles): ModelFiles {
  const entries = unzip(zip.name, zip.bytes, () => true);
  const bytes = entries['model.json'];
  if (!bytes) fail(zip, 'expected a zip with model.json in it.');
  const beside = async (path: string) =>
    // TensorFlow.js writes "./model.weights.bin".
    entries[path.replace(/^\.\//, '')] ??
    fail(zip, `it refers to ${path}, which the zip does not hold.`);
  return { name: zip.name, bytes, beside };
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

function fail({ name }: ModelFiles, message: string): never {
  throw new ZifferError('invalid_model', `${name}: ${message}`);
}
