// `loadModel`: finds out what kind of file it is given, and hands it to that format.
import { open } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';
import { formatNamed, type ModelFiles } from './formats.ts';
import { absolute, place } from './places.ts';
import { type PresetName, presets } from './presets.ts';
import type { FileSource, SaveFormat, Sequential } from './types.ts';

/** See calls.ts. */
export async function loadModel(source: PresetName | FileSource): Promise<Sequential> {
  const files = await read(source);
  const format = formatOf(files);
  return (await formatNamed(format)).load(files);
}

async function read(source: FileSource): Promise<ModelFiles> {
  if (typeof source === 'string' || source instanceof URL) {
    const preset = typeof source === 'string' && Object.hasOwn(presets, source);
    const url = preset ? `${place('modelsUrl')}${source}/model.json` : absolute(source);
    const beside = (path: string) => fetchAll(new URL(path, url).href);
    return { name: url, bytes: await fetchAll(url), beside };
  }
  const blob = source instanceof Blob ? source : new Blob([source as BlobPart]);
  const name = blob instanceof File ? blob.name : 'model';
  const beside = (path: string) => {
    const message = `${name}: it refers to ${path}, which is not there. Open the zip that holds both, or give the URL of model.json.`;
    return Promise.reject(new ZifferError('invalid_model', message));
  };
  return { name, bytes: new Uint8Array(await blob.arrayBuffer()), beside };
}

async function fetchAll(url: string): Promise<Uint8Array> {
  const response = await open(url);
  return new Uint8Array(await response.arrayBuffer());
}

/** By the first bytes: names lie. */
function formatOf({ name, bytes }: ModelFiles): SaveFormat {
  const [a, b, c, d] = bytes;
  if (a === 0x89 && b === 0x48 && c === 0x44 && d === 0x46) return 'h5';
  if (a === 0x50 && b === 0x4b) return holdsKeras(bytes) ? 'keras' : 'tfjs';
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  if (start.startsWith('{')) return 'tfjs';
  if (a === 0x08 && name.endsWith('.onnx')) return 'onnx';
  const what = start.startsWith('<') ? 'HTML or XML' : `${bytes.length} bytes of something else`;
  throw new ZifferError('invalid_model', `${name}: expected a model file, got ${what}.`);
}

/** A .keras file is a zip with these names in it; a zip of ours has model.json instead. */
function holdsKeras(zip: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(zip).includes('model.weights.h5');
}
