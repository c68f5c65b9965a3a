// `loadModel`: fetches a model's file and what it names; what others wrote is read in a worker of its own.
import { distrust, type FetchOptions, open } from '../platform/fetch.ts';
import { besideUrl, isSameHost } from '../protocol/beside.ts';
import { asZifferError, ZifferError } from '../protocol/errors.ts';
import type { Beside } from '../protocol/reader.ts';
import { readFile } from './file_reader.ts';
import { formatNamed, type ModelFiles, type OpenedModel } from './formats.ts';
import { modelFromKeras } from './model.ts';
import { absolute, place } from './places.ts';
import { type PresetName, presets } from './presets.ts';
import type { FileSource, LoadModelOptions, Sequential } from './types.ts';

/** Of a model's file: weights of 64 Mi floats with an optimizer's state, and a configuration. */
const LARGEST_FILE = 3 * 2 ** 28 + 2 ** 22;
/** Of one that is fetched, whose end nobody knows: weights of 64 Mi floats. */
const LARGEST_ANSWER = 2 ** 28 + 2 ** 22;
/** Of what a file names: more at once would only share the line. */
const PARALLEL = 3;

/** See calls.ts. */
export async function loadModel(
  source: PresetName | FileSource,
  { signal }: LoadModelOptions = {},
): Promise<Sequential> {
  const fetched: string[] = [];
  try {
    const files = await filesOf(source, fetched, signal);
    const own = typeof source === 'string' && Object.hasOwn(presets, source);
    return await modelOf(await (own ? readHere(files) : readThere(files, signal)));
  } catch (error) {
    // What a cache keeps may be damaged: the next call asks the server.
    fetched.forEach(distrust);
    throw asZifferError(error);
  }
}

/** The site's own models are small and were made by this program. */
async function readHere(files: ModelFiles): Promise<OpenedModel> {
  const { read } = await formatNamed('tfjs');
  return read!(files);
}

async function readThere(
  { name, bytes, beside }: ModelFiles,
  signal: AbortSignal | undefined,
): Promise<OpenedModel> {
  const damaged = (why: string) =>
    new ZifferError('invalid_model', `${name}: ${why}. It is damaged, or no model; save it anew.`);
  const job = { type: 'model', name, bytes, hdf5Url: place('hdf5Url') } as const;
  return (await readFile(job, { damaged, beside, signal })) as OpenedModel;
}

async function modelOf(opened: OpenedModel): Promise<Sequential> {
  const { config, weights, notKept, compile, optimizer } = opened;
  const model = modelFromKeras(config, weights, notKept);
  if (compile) model.compile(compile);
  if (optimizer) await model.setOptimizerState(optimizer);
  return model;
}

async function filesOf(
  source: FileSource,
  fetched: string[],
  signal: AbortSignal | undefined,
): Promise<ModelFiles> {
  if (typeof source === 'string' || source instanceof URL) {
    const preset = typeof source === 'string' && Object.hasOwn(presets, source);
    const url = preset ? `${place('modelsUrl')}${source}/model.json` : absolute(source);
    fetched.push(url);
    const { bytes, from } = await fetchWhole(url, { signal, most: LARGEST_ANSWER });
    const beside = (files: readonly Beside[]) => fetchBeside(files, from, fetched, signal);
    return { name: url, bytes, beside };
  }
  const blob = source instanceof Blob ? source : new Blob([source as BlobPart]);
  const name = blob instanceof File ? blob.name : 'model';
  if (blob.size > LARGEST_FILE) {
    const message = `${name}: expected at most ${LARGEST_FILE} bytes, got ${blob.size}.`;
    throw new ZifferError('invalid_model', message);
  }
  const beside = ([first]: readonly Beside[]) => {
    const message = `${name}: it refers to ${first?.path}, which is not there. Open the zip that holds both, or give the URL of model.json.`;
    return Promise.reject(new ZifferError('invalid_model', message));
  };
  return { name, bytes: new Uint8Array(await blob.arrayBuffer()), beside };
}

async function fetchWhole(url: string, options: FetchOptions) {
  const answer = await open(url, options);
  try {
    return { bytes: await answer.bytes(), from: answer.from };
  } catch (cause) {
    throw answer.failure(cause);
  } finally {
    answer.end();
  }
}

/** `base`: where the naming file came from in the end. An answer from another host is refused. */
async function fetchBeside(
  wanted: readonly Beside[],
  base: string,
  fetched: string[],
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const urls = wanted.map(({ path }) => besideUrl(path, base) ?? elsewhere(base, path));
  fetched.push(...urls);
  const accept = (from: string) => void (isSameHost(from, base) || elsewhere(base, from));
  const out: Uint8Array[] = [];
  let next = 0;
  const fetchNext = async (): Promise<void> => {
    for (let i = next++; i < urls.length; i = next++) {
      const { bytes } = await fetchWhole(urls[i]!, { signal, most: wanted[i]!.most, accept });
      out[i] = bytes;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, fetchNext));
  return out;
}

function elsewhere(base: string, path: string): never {
  const message = `${base}: it refers to ${path.slice(0, 200)}. Only what lies beside a file, or in folders below, is fetched with it. Move it there, or open the zip that holds both.`;
  throw new ZifferError('invalid_model', message);
}
