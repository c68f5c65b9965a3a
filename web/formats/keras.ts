// Keras 3's own file: a zip of metadata.json, config.json and model.weights.h5, where weights stand under their layer's class and number.
import { strToU8, zipSync } from 'fflate';
import type { File as Hdf5File } from 'h5wasm';
import type { ModelFiles, ModelFormat, OpenedModel } from '../api/formats.ts';
import type {
  CompileOptions,
  KerasConfig,
  LayerInfo,
  NotKept,
  OptimizerState,
  Sequential,
} from '../api/types.ts';
import { layerWord } from '../keras/layer_names.ts';
import { describe } from '../keras/model.ts';
import { ZifferError } from '../protocol/errors.ts';
import { chainOf } from './chain.ts';
import { compileInFile } from './compile_in_file.ts';
import { groupAt, readFloats, readHdf5, writeHdf5 } from './hdf5.ts';
import { decodeObject, isObject, LONGEST_JSON, textForKeras, wordOf } from './json.ts';
import { keptConfig, keptLayers } from './kept_layers.ts';
import { openedAs, settingsOf, type Training, trainingOf } from './keras_training.ts';
import { readState } from './optimizer_variables.ts';
import { mostBytes, storedWeights } from './stored_weights.ts';
import { openZip } from './zip.ts';

/** The version whose format this is. */
export const KERAS_VERSION = '3.15.1';
const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';
/** What Keras up to 2.13 calls its group of layers. */
const OLD_LAYERS = '_layer_checkpoint_dependencies';

export const keras: ModelFormat = { save, read };

async function save(model: Sequential): Promise<Blob> {
  const { weights, optimizer } = await model.snapshot();
  const training = trainingOf(model, optimizer);
  const zip = zipSync(
    {
      'metadata.json': strToU8(metadata()),
      [CONFIG]: strToU8(textForKeras(configOf(model, training))),
      [WEIGHTS]: await weightsFile(model, weights, training),
    },
    { level: 0 },
  );
  return new Blob([zip as BlobPart], { type: 'application/zip' });
}

/** The configuration is read first: it says how large the rest may be. */
export async function read({ name, bytes }: ModelFiles): Promise<OpenedModel> {
  const zip = openZip(name, bytes);
  const json = zip.read(CONFIG, LONGEST_JSON);
  if (!json || !zip.paths.includes(WEIGHTS)) {
    const message = `${name}: expected ${CONFIG} and ${WEIGHTS} in the zip.`;
    throw new ZifferError('invalid_model', message);
  }
  const root = decodeObject(`${name}: ${CONFIG}`, json);
  const lost: NotKept[] = [];
  const config = chainOf(root as unknown as KerasConfig, lost);
  const compile = isObject(root.compile_config) ? root.compile_config : {};
  const how = compileInFile(compile.optimizer, compile);
  const weights = zip.read(WEIGHTS, mostBytes(config))!;
  const found = await readHdf5(name, weights, (file) => {
    const { layers } = describe(config);
    return {
      weights: readWeights(name, file, config),
      state: how.goesOn ? readOptimizer(name, file, layers, how.options!) : null,
      hasState: file.keys().includes('optimizer'),
    };
  });
  return openedAs({ ...found, config, lost, optimizer: compile.optimizer, compile: how });
}

function readOptimizer(
  name: string,
  file: Hdf5File,
  layers: readonly LayerInfo[],
  { optimizer = 'adam' }: CompileOptions,
): OptimizerState | null {
  if (!file.keys().includes('optimizer')) return null;
  const vars = groupAt(name, file, 'optimizer/vars');
  const paths = vars.keys().map((_, i) => String(i));
  return readState(`${name}: optimizer`, vars, paths, layers, settingsOf(optimizer));
}

function metadata(): string {
  const saved = new Date().toISOString().slice(0, 19).replace('T', '@');
  return JSON.stringify({ keras_version: KERAS_VERSION, date_saved: saved });
}

function configOf(model: Sequential, { optimizer, rest }: Training): Record<string, unknown> {
  return {
    ...keptConfig(model),
    build_config: { input_shape: [null, ...model.inputShape] },
    compile_config: { optimizer, ...rest },
  };
}

function weightsFile(
  model: Sequential,
  weights: Float32Array,
  { variables }: Training,
): Promise<Uint8Array> {
  return writeHdf5((file) => {
    const layers = file.create_group('layers');
    const kept = keptLayers(model);
    const places = placesOf(kept.map(({ className }) => className));
    for (const [i, layer] of kept.entries()) {
      const vars = layers.create_group(places[i]!).create_group('vars');
      vars.create_attribute('name', layer.name);
      for (const [k, { shape, offset }] of layer.regions.entries()) {
        const size = shape.reduce((n, d) => n * d, 1);
        const data = weights.slice(offset, offset + size);
        vars.create_dataset({ name: String(k), data, shape: [...shape], dtype: '<f' });
      }
    }
    const vars = file.create_group('optimizer').create_group('vars');
    for (const [k, { shape, values }] of variables.entries()) {
      const dtype = values instanceof BigInt64Array ? '<q' : '<f';
      vars.create_dataset({ name: String(k), data: values, shape: [...shape], dtype });
    }
    file.create_group('vars');
  });
}

function readWeights(name: string, file: Hdf5File, chain: KerasConfig): Float32Array {
  const list = (chain.config.layers as KerasConfig[]).filter((l) => l.class_name !== 'InputLayer');
  const old = file.keys().includes(OLD_LAYERS);
  const classes = list.map(({ class_name }) => wordOf(class_name));
  const places = placesOf(classes, old ? 2 : 1);
  return storedWeights(name, chain, ({ place, layer, index, shape }, out) => {
    const vars = groupAt(name, file, `${old ? OLD_LAYERS : 'layers'}/${places[place]}/vars`);
    readFloats(`${name}: ${layer}`, vars, String(index), shape, out);
  });
}

/**
 * Where Keras keeps each layer: its class in snake case, the second of a class with `_1`, and so on; the layers' names do not count.
 * Keras up to 2.13 came to each layer with weights twice and counted it twice (`step` 2).
 */
function placesOf(classes: readonly string[], step = 1): string[] {
  const times = new Map<string, number>();
  return classes.map((className) => {
    const base = layerWord(className);
    const nth = times.get(base) ?? 0;
    times.set(base, nth + step);
    return nth === 0 ? base : `${base}_${nth}`;
  });
}
