// Keras's older file, one HDF5: configurations as attributes, weights under their layer's name. The lecture's `mnist_keras_model.h5` is one.
import type { Group, File as Hdf5File } from 'h5wasm';
import type { ModelFiles, ModelFormat, OpenedModel } from '../api/formats.ts';
import type {
  CompileOptions,
  KerasConfig,
  LayerInfo,
  NotKept,
  OptimizerState,
  Sequential,
} from '../api/types.ts';
import { describe, INPUT } from '../keras/model.ts';
import { ZifferError } from '../protocol/errors.ts';
import { chainOf } from './chain.ts';
import { compileInFile } from './compile_in_file.ts';
import { groupAt, namesAttribute, readFloats, readHdf5, textAttribute, writeHdf5 } from './hdf5.ts';
import { parseObject, textForKeras } from './json.ts';
import { keptConfig, keptLayers } from './kept_layers.ts';
import { KERAS_VERSION } from './keras.ts';
import { openedAs, settingsOf, type Training, trainingOf } from './keras_training.ts';
import { readState } from './optimizer_variables.ts';
import { storedWeights } from './stored_weights.ts';

/**
 * Where the optimiser's variables stand: in Keras's files, and in ours. From a file of its own, Keras 3 builds an optimiser of no
 * variables, which then refuses to train (seen in 3.15); without that group it trains, and docs/KERAS.md shows how to take the state.
 */
const THEIR_STATE = 'optimizer_weights';
const OUR_STATE = 'optimizer_state';

/** HDF5 keeps attributes in a header of 64 KiB; Keras cuts longer lists of names at this size. */
const LONGEST_ATTRIBUTE = 64_512;

export const h5: ModelFormat = { save, read };

async function save(model: Sequential): Promise<Blob> {
  const { weights, optimizer } = await model.snapshot();
  const training = trainingOf(model, optimizer);
  const bytes = await writeHdf5((file) => {
    writeConfigurations(file, model, training);
    writeWeights(file.create_group('model_weights'), model, weights);
    writeVariables(file.create_group(OUR_STATE), training);
  });
  return new Blob([bytes as BlobPart], { type: 'application/x-hdf5' });
}

export async function read({ name, bytes }: ModelFiles): Promise<OpenedModel> {
  const lost: NotKept[] = [];
  const found = await readHdf5(name, bytes, (file) => {
    const config = chainOf(configIn(name, file), lost);
    const weights = readWeights(name, file, config);
    const text = textAttribute(name, file, 'training_config');
    const training = text ? parseObject(`${name}: training_config`, text) : {};
    const compile = compileInFile(training.optimizer_config, training);
    const { layers } = describe(config);
    const state = compile.goesOn ? readOptimizer(name, file, layers, compile.options!) : null;
    const hasState = [OUR_STATE, THEIR_STATE].some((place) => file.keys().includes(place));
    return { config, weights, optimizer: training.optimizer_config, compile, state, hasState };
  });
  return openedAs({ ...found, lost });
}

function configIn(name: string, file: Hdf5File): KerasConfig {
  const text = textAttribute(name, file, 'model_config');
  if (text !== null) return parseObject(`${name}: model_config`, text) as unknown as KerasConfig;
  const message = `${name}: expected a model, got an HDF5 file without model_config. Weights alone cannot be opened.`;
  throw new ZifferError('invalid_model', message);
}

function readOptimizer(
  name: string,
  file: Hdf5File,
  layers: readonly LayerInfo[],
  { optimizer = 'adam' }: CompileOptions,
): OptimizerState | null {
  const place = file.keys().includes(OUR_STATE) ? OUR_STATE : THEIR_STATE;
  if (!file.keys().includes(place)) return null;
  const group = groupAt(name, file, place);
  const paths = namesAttribute(name, group, 'weight_names');
  return readState(`${name}: optimizer`, group, paths, layers, settingsOf(optimizer));
}

function writeConfigurations(
  file: Hdf5File,
  model: Sequential,
  { optimizer, rest }: Training,
): void {
  const { class_name, config } = keptConfig(model);
  const layers = (config.layers as KerasConfig[]).map(
    ({ module: _, registered_name: _r, ...layer }) => layer,
  );
  const { class_name: kind, config: settings } = optimizer;
  file.create_attribute('keras_version', KERAS_VERSION);
  file.create_attribute('backend', 'tensorflow');
  const json = JSON.stringify({ class_name, config: { ...config, layers } });
  file.create_attribute('model_config', json);
  const optimizer_config = { class_name: kind, config: settings };
  file.create_attribute('training_config', textForKeras({ ...rest, optimizer_config }));
}

function writeWeights(group: Group, model: Sequential, weights: Float32Array): void {
  group.create_attribute('keras_version', KERAS_VERSION);
  group.create_attribute('backend', 'tensorflow');
  const kept = keptLayers(model);
  // Of the layers of a graph, Keras counts the input as one.
  const inputs = model.isChain ? [] : [INPUT];
  writeNames(group, 'layer_names', [...inputs, ...kept.map(({ name }) => name)]);
  for (const name of inputs) writeNames(group.create_group(name), 'weight_names', []);
  for (const layer of kept) {
    const own = group.create_group(layer.name);
    writeNames(
      own,
      'weight_names',
      layer.regions.map(({ name }) => `${layer.name}/${name}`),
    );
    if (layer.regions.length === 0) continue;
    const inner = own.create_group(layer.name);
    for (const { name, shape, offset } of layer.regions) {
      const data = weights.slice(offset, offset + shape.reduce((n, d) => n * d, 1));
      inner.create_dataset({ name, data, shape: [...shape], dtype: '<f' });
    }
  }
  writeNames(group.create_group('top_level_model_weights'), 'weight_names', []);
}

function writeVariables(group: Group, { variables }: Training): void {
  writeNames(
    group,
    'weight_names',
    variables.map(({ name }) => name),
  );
  const [folder] = variables[0]!.name.split('/');
  const inner = group.create_group(folder!);
  for (const { name, shape, values } of variables) {
    const dtype = values instanceof BigInt64Array ? '<q' : '<f';
    const own = name.slice(folder!.length + 1);
    inner.create_dataset({ name: own, data: values, shape: [...shape], dtype });
  }
}

/** A list of names in UTF-8, cut into `name0`, `name1`, … where one attribute cannot hold it, as Keras does. */
function writeNames(group: Group, attribute: string, list: readonly string[]): void {
  const width = Math.max(1, ...list.map((name) => new TextEncoder().encode(name).length));
  const dtype = `S${width}`;
  const most = Math.floor(LONGEST_ATTRIBUTE / width);
  if (list.length <= most) {
    group.create_attribute(attribute, [...list], [list.length], dtype);
    return;
  }
  for (let i = 0; i * most < list.length; i++) {
    const part = list.slice(i * most, (i + 1) * most);
    group.create_attribute(`${attribute}${i}`, part, [part.length], dtype);
  }
}

function readWeights(name: string, file: Hdf5File, chain: KerasConfig): Float32Array {
  const weights = groupAt(name, file, 'model_weights');
  return storedWeights(name, chain, ({ layer, name: weight, formerly, shape }, out) => {
    const own = groupAt(name, weights, layer);
    const names = namesAttribute(name, own, 'weight_names');
    const path = names.find((n) =>
      [weight, formerly].includes(n.replace(/:0$/, '').split('/').at(-1)!),
    );
    if (!path) {
      throw new ZifferError('invalid_model', `${name}: weights ${layer}/${weight} are missing.`);
    }
    readFloats(`${name}: ${layer}`, own, path, shape, out);
  });
}
