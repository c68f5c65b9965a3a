// `loadModel`: finds out what kind of file it is given, and hands it to that format.
import { distrust, fetchBytes } from '../platform/fetch.ts';
import { ZifferError } from '../protocol/errors.ts';
import { formatNamed, type ModelFiles } from './formats.ts';
import { absolute, place } from './places.ts';
import { type PresetName, presets } from './presets.ts';
import type { FileSource, LoadModelOptions, SaveFormat, Sequential } from './types.ts';

/** See calls.ts. */
export async function loadModel(
  source: PresetName | FileSource,
  { signal }: LoadModelOptions = {},
): Promise<Sequential> {
  const fetched: string[] = [];
  const fetch = (url: string) => {
    fetched.push(url);
    return fetchBytes(url, { signal });
  };
  const files = await read(source, fetch);
  try {
    return await (await formatNamed(formatOf(files))).load(files);
  } catch (error) {
    // What a cache keeps may be damaged: the next call asks the server.
    fetched.forEach(distrust);
    throw error;
  }
}

async function read(
  source: FileSource,
  fetch: (url: string) => Promise<Uint8Array>,
): Promise<ModelFiles> {
  if (typeof source === 'string' || source instanceof URL) {
    const preset = typeof source === 'string' && Object.hasOwn(presets, source);
    const url = preset ? `${place('modelsUrl')}${source}/model.json` : absolute(source);
    const beside = (path: string) => fetch(new URL(path, url).href);
    return { name: url, bytes: await fetch(url), beside };
  }
  const blob = source instanceof Blob ? source : new Blob([source as BlobPart]);
  const name = blob instanceof File ? blob.name : 'model';
  const beside = (path: string) => {
    const message = `${name}: it refers to ${path}, which is not there. Open the zip that holds both, or give the URL of model.json.`;
    return Promise.reject(new ZifferError('invalid_model', message));
  };
  return { name, bytes: new Uint8Array(await blob.arrayBuffer()), beside };
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
