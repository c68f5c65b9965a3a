// Each of Keras's layers as nodes of ONNX.
import type { Activation, LayerInfo, Pair } from '../api/index.ts';
import { addActivation } from './onnx_activations.ts';
import type { Attribute, GraphBuilder } from './onnx_graph.ts';
import { addSides, addUpSampling } from './onnx_images.ts';
import type { OneInput } from './onnx_joins.ts';
import { addElu, addPrelu, addRectifier } from './onnx_rectifiers.ts';

/** Appends the layer. `weights` are the model's; kernels are turned from height × width × in × out to out × in × height × width. */
export function addLayer(
  graph: GraphBuilder,
  layer: LayerInfo,
  spec: OneInput,
  weights: Float32Array,
): void {
  switch (spec.className) {
    case 'Conv2D':
      addConvolution(graph, layer, spec.config, weights, {
        ...windowOf(layer, spec.config.kernelSize, spec.config),
        ...(spec.config.groups && { group: spec.config.groups }),
      });
      return;
    case 'DepthwiseConv2D':
      addConvolution(graph, layer, spec.config, weights, channelsAlone(layer, spec.config));
      return;
    case 'SeparableConv2D': {
      graph.channelsFirst();
      const [alone, ...across] = tensors(graph, layer, weights);
      graph.add('Conv', [alone!], channelsAlone(layer, spec.config));
      graph.add('Conv', across);
      addActivation(graph, layer.name, spec.config.activation);
      return;
    }
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      graph.channelsFirst();
      const { poolSize = 2 } = spec.config;
      const window = windowOf(layer, poolSize, { strides: poolSize, ...given(spec.config) });
      // Keras's mean at the edge is over what lies inside, which is ONNX's default.
      graph.add(spec.className === 'MaxPooling2D' ? 'MaxPool' : 'AveragePool', [], window);
      return;
    }
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D': {
      const mean = spec.className === 'GlobalAveragePooling2D';
      graph.channelsFirst();
      graph.add(mean ? 'GlobalAveragePool' : 'GlobalMaxPool');
      graph.channelsLast();
      if (!spec.config.keepdims) graph.add('Flatten', [], { axis: 1 });
      return;
    }
    case 'UpSampling2D':
      addUpSampling(graph, layer, spec.config);
      return;
    case 'ZeroPadding2D':
    case 'Cropping2D':
      addSides(graph, layer, spec);
      return;
    case 'Reshape':
      graph.channelsLast();
      graph.add('Reshape', [graph.integers(`${layer.name}/shape`, [-1, ...layer.outputShape])]);
      return;
    case 'Permute':
      graph.channelsLast();
      graph.add('Transpose', [], { perm: [0, ...spec.config.dims] });
      return;
    case 'Flatten':
      graph.channelsLast();
      graph.add('Flatten', [], { axis: 1 });
      return;
    case 'Dense': {
      addProduct(graph, layer, weights);
      addActivation(graph, layer.name, spec.config.activation);
      return;
    }
    case 'Dropout':
    case 'SpatialDropout2D':
    case 'GaussianDropout':
    case 'GaussianNoise':
    case 'RandomRotation':
    case 'RandomTranslation':
    case 'RandomZoom':
    case 'RandomFlip':
    case 'RandomContrast':
    case 'RandomBrightness':
    case 'ImageDataGenerator':
      // Idle but in training.
      return;
    case 'Activation':
      addActivation(graph, layer.name, spec.config.activation);
      return;
    case 'ReLU':
      addRectifier(graph, layer.name, spec.config);
      return;
    case 'LeakyReLU':
      addRectifier(graph, layer.name, { negativeSlope: 0.3, ...spec.config });
      return;
    case 'ELU':
      addElu(graph, spec.config);
      return;
    case 'PReLU':
      addPrelu(graph, layer, weights);
      return;
    case 'Softmax':
      addActivation(graph, layer.name, 'softmax');
      return;
    case 'Rescaling': {
      const { scale = 1, offset = 0 } = spec.config;
      graph.add('Mul', [graph.tensor(`${layer.name}/scale`, [], Float32Array.of(scale))]);
      graph.add('Add', [graph.tensor(`${layer.name}/offset`, [], Float32Array.of(offset))]);
      return;
    }
    case 'BatchNormalization':
      addNormalization(graph, layer, spec.config.epsilon, weights);
      return;
    default:
      spec satisfies never;
  }
}

/** Gemm takes rows alone; over the last axis of a picture it is a product and a sum. */
function addProduct(graph: GraphBuilder, layer: LayerInfo, weights: Float32Array): void {
  graph.channelsLast();
  const inputs = tensors(graph, layer, weights);
  if (layer.inputShape.length === 1) {
    graph.add('Gemm', inputs);
    return;
  }
  const [kernel, bias] = inputs;
  graph.add('MatMul', [kernel!]);
  if (bias) graph.add('Add', [bias]);
}

function addConvolution(
  graph: GraphBuilder,
  layer: LayerInfo,
  { activation }: { activation?: Activation },
  weights: Float32Array,
  window: Record<string, Attribute>,
): void {
  graph.channelsFirst();
  graph.add('Conv', tensors(graph, layer, weights), window);
  addActivation(graph, layer.name, activation);
}

/** Groups of one channel. */
function channelsAlone(
  layer: LayerInfo,
  config: Window & { kernelSize: Pair },
): Record<string, Attribute> {
  return { ...windowOf(layer, config.kernelSize, config), group: layer.inputShape[2]! };
}

/** As a product and a sum: ONNX's own operator would want the channels first, also of numbers in a row. */
function addNormalization(
  graph: GraphBuilder,
  { name, regions, outputShape }: LayerInfo,
  epsilon = 1e-3,
  weights: Float32Array,
): void {
  const array = (called: string, otherwise: number) => {
    const offset = regions.find((region) => region.name === called)?.offset;
    const channels = outputShape.at(-1)!;
    if (offset === undefined) return new Float32Array(channels).fill(otherwise);
    return weights.subarray(offset, offset + channels);
  };
  const variance = array('moving_variance', 1);
  const mean = array('moving_mean', 0);
  const beta = array('beta', 0);
  const scale = array('gamma', 1).map((gamma, c) => gamma / Math.sqrt(variance[c]! + epsilon));
  graph.add('Mul', [graph.channelTensor(`${name}/scale`, scale)]);
  const offset = scale.map((s, c) => beta[c]! - mean[c]! * s);
  graph.add('Add', [graph.channelTensor(`${name}/offset`, offset)]);
}

/** The layer's weights in ONNX's order. */
function tensors(graph: GraphBuilder, layer: LayerInfo, weights: Float32Array): string[] {
  return layer.regions.map(({ name, shape, offset }) => {
    const values = weights.subarray(offset, offset + shape.reduce((n, d) => n * d, 1));
    const turned = shape.length === 4;
    let [h, w, c, k] = shape as [number, number, number, number];
    // Each output of a channel is a filter of its own, which sees one channel.
    const alone = name === 'depthwise_kernel' || layer.className === 'DepthwiseConv2D';
    if (turned && alone) [c, k] = [1, c * k];
    const dims = turned ? [k, c, h, w] : shape;
    const ordered = turned ? outFirst(values, [h, w, c, k]) : values;
    return graph.tensor(`${layer.name}/${name}`, dims, ordered);
  });
}

function outFirst(values: Float32Array, shape: readonly number[]): Float32Array {
  const [h, w, c, k] = shape as [number, number, number, number];
  const out = new Float32Array(values.length);
  for (let from = 0; from < values.length; from++) {
    const filter = from % k;
    const channel = Math.floor(from / k) % c;
    const place = Math.floor(from / (k * c));
    out[(filter * c + channel) * h * w + place] = values[from]!;
  }
  return out;
}

interface Window {
  strides?: Pair;
  padding?: 'same' | 'valid';
  dilationRate?: Pair;
}

function given({ strides, padding }: Window): Window {
  return { ...(strides === undefined ? {} : { strides }), padding };
}

/** kernel_shape, strides, dilations and pads, with the odd row of zeros below and right, where Keras puts it. */
function windowOf(
  layer: LayerInfo,
  size: Pair,
  { strides = 1, padding, dilationRate }: Window,
): Record<string, Attribute> {
  const extents = pair(size);
  const steps = pair(strides);
  const dilations = pair(dilationRate ?? 1);
  const total = extents.map((extent, i) => {
    const input = layer.inputShape[i]!;
    const output = layer.outputShape[i]!;
    return padding === 'same'
      ? Math.max(0, (output - 1) * steps[i]! + (extent - 1) * dilations[i]! + 1 - input)
      : 0;
  });
  const before = total.map((t) => Math.floor(t / 2));
  const after = total.map((t) => Math.ceil(t / 2));
  return {
    kernel_shape: extents,
    strides: steps,
    pads: [...before, ...after],
    // Pooling of set 13 knows none for means.
    ...(dilationRate !== undefined && { dilations }),
  };
}

function pair(p: Pair): readonly [number, number] {
  return typeof p === 'number' ? [p, p] : p;
}
