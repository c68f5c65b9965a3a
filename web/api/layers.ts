// The layers a model is made of: `layers.conv2d({ filters: 8, kernelSize: 3 })`, or `layers.conv2d(8, 3)` with the arguments in Keras's
// order. Names are taken as JavaScript spells them and as Keras does. A LayerSpec is plain data; what does not fit its model, `sequential` says.
import { given } from '../keras/given.ts';
import {
  type ActivationConfig,
  type Conv2DConfig,
  type DenseConfig,
  type DepthwiseConv2DConfig,
  type DropoutConfig,
  LAYERS,
  type LayerSpec,
  type Pooling2DConfig,
  type RescalingConfig,
  type SeparableConv2DConfig,
} from '../keras/layers.ts';
import { callFields } from '../keras/specs.ts';
import type { Activation, Padding, Pair, Spelled } from '../keras/types.ts';
import { guarded } from './border.ts';

export type * from '../keras/layers.ts';
export type {
  Activation,
  Extent,
  Initializer,
  InKeras,
  LayerConfig,
  Padding,
  Pair,
  Spelled,
} from '../keras/types.ts';

/** What may follow arguments that stand by their place. */
type Rest<T> = Spelled<Partial<T>>;

/** Of layers that take arguments by their place. */
interface InOrder {
  /** [h, w, c] → [h', w', filters]; kernel [kh, kw, c, filters], bias [filters]. */
  conv2d(config: Spelled<Conv2DConfig>): LayerSpec;
  conv2d(filters: number, kernelSize: Pair, config?: Rest<Conv2DConfig>): LayerSpec;
  conv2d(filters: number, kernelSize: Pair, strides: Pair, padding?: Padding): LayerSpec;
  /** [h, w, c] → [h', w', c · m], each channel by itself; kernel [kh, kw, c, m], bias [c · m]. */
  depthwiseConv2d(config: Spelled<DepthwiseConv2DConfig>): LayerSpec;
  depthwiseConv2d(kernelSize: Pair, config?: Rest<DepthwiseConv2DConfig>): LayerSpec;
  depthwiseConv2d(kernelSize: Pair, strides: Pair, padding?: Padding): LayerSpec;
  /** [h, w, c] → [h', w', filters], each channel by itself, then all at each place; depthwise_kernel, pointwise_kernel, bias. */
  separableConv2d(config: Spelled<SeparableConv2DConfig>): LayerSpec;
  separableConv2d(
    filters: number,
    kernelSize: Pair,
    config?: Rest<SeparableConv2DConfig>,
  ): LayerSpec;
  separableConv2d(filters: number, kernelSize: Pair, strides: Pair, padding?: Padding): LayerSpec;
  /** [h, w, c] → [h', w', c]: the largest of each window. */
  maxPooling2d(config?: Spelled<Pooling2DConfig>): LayerSpec;
  maxPooling2d(poolSize: Pair, config?: Rest<Pooling2DConfig>): LayerSpec;
  maxPooling2d(poolSize: Pair, strides: Pair | null, padding?: Padding): LayerSpec;
  /** [h, w, c] → [h', w', c]: the mean of each window. */
  averagePooling2d(config?: Spelled<Pooling2DConfig>): LayerSpec;
  averagePooling2d(poolSize: Pair, config?: Rest<Pooling2DConfig>): LayerSpec;
  averagePooling2d(poolSize: Pair, strides: Pair | null, padding?: Padding): LayerSpec;
  /** [n] → [units], [h, w, n] → [h, w, units]: over the last axis; kernel [n, units], bias [units]. */
  dense(config: Spelled<DenseConfig>): LayerSpec;
  dense(units: number, config?: Rest<DenseConfig>): LayerSpec;
  dense(units: number, activation: Activation | null, config?: Rest<DenseConfig>): LayerSpec;
  /** Keeps the shape; active only while training. */
  dropout(config: Spelled<DropoutConfig>): LayerSpec;
  dropout(rate: number, config?: Rest<DropoutConfig>): LayerSpec;
  /** An activation as a layer of its own. */
  activation(config: Spelled<ActivationConfig>): LayerSpec;
  activation(activation: Activation, config?: Rest<ActivationConfig>): LayerSpec;
  /** y = x · scale + offset. */
  rescaling(config: Spelled<RescalingConfig>): LayerSpec;
  rescaling(scale: number, offset?: number, config?: Rest<RescalingConfig>): LayerSpec;
}

type ConfigOf<Name extends keyof typeof LAYERS> = Extract<
  LayerSpec,
  { readonly className: (typeof LAYERS)[Name]['className'] }
>['config'];

/** Every maker throws `invalid_config` for unknown names and values of a wrong kind, `unsupported_layer` for what Keras alone has. */
type Layers = InOrder & {
  readonly [Name in keyof typeof LAYERS as Exclude<Name, keyof InOrder>]: (
    config?: Spelled<ConfigOf<Name>>,
  ) => LayerSpec;
};

export const layers = Object.fromEntries(
  Object.entries(LAYERS).map(([name, layer]) => {
    const where = `layers.${name}`;
    const fields = callFields(layer);
    const required = Object.entries(layer.fields).filter(([, field]) => field.required);
    const example = `${where}(${required.map(([key]) => key).join(', ')}) with ${Object.keys(layer.fields).join(', ')} in this order`;
    const make = (...args: unknown[]) => ({
      className: layer.className,
      config: given(where, fields, args, example),
    });
    return [name, guarded(make)];
  }),
) as unknown as Layers;
