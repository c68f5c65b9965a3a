// Words to the author where a script runs but probably does not do what was meant.
import type { LayerSpec } from '../keras/layers.ts';
import type { Machine } from './machine.ts';
import { sizesOf } from './pictures.ts';
import type { Node } from './tree.ts';
import type { Hint, HintCode, ReadCompile, ReadData } from './types.ts';

export interface Facts {
  readonly layers: readonly LayerSpec[];
  readonly compile: ReadCompile | null;
  readonly data: ReadData | null;
  readonly validation: 'test' | 'split' | null;
  /** Of an optimizer, by its name. */
  readonly optimizer: string | null;
  /** Whether the optimizer was told its rate. */
  readonly rated: boolean;
  readonly loss: string | null;
  readonly metrics: ReadCompile['metrics'];
  /** Where each thing stands. */
  readonly at: {
    readonly model: Node;
    readonly last: Node;
    readonly compile: Node;
    readonly fit: Node;
  };
}

const TEXTS: Readonly<Record<HintCode, string>> = {
  'adadelta-rate':
    'Adadelta’s learning rate is 0.001 today; scripts of its day had 1.0. With 0.001 it learns very slowly: say learning_rate=1.0.',
  'raw-pixels': 'The pixels stay 0–255. Networks learn better from 0–1: divide by 255.',
  'logits-as-probabilities':
    'The last layer has no softmax, but the loss expects probabilities: add softmax there, or from_logits=True to the loss.',
  'softmax-twice':
    'Softmax is computed twice: the last layer gives probabilities, and something after it takes them for logits.',
  classes: 'The last layer’s width is not the number of classes of these pictures.',
  'accuracy-with-mse':
    'Accuracy is shown, but the mean squared error is what is trained; cross-entropy is made for classes.',
  'validated-on-test':
    'It is validated on the test images: what is chosen by them is no fair test any more. Hold back a part of the training images.',
  'strides-by-position':
    'The third number of Conv2D is the strides today; older scripts meant a kernel by it: write kernel_size=(3, 3).',
};

export function hintsOf(m: Machine, facts: Facts): Hint[] {
  const { at } = facts;
  const found: [HintCode, Node, boolean][] = [
    ['adadelta-rate', at.compile, facts.optimizer === 'adadelta' && !facts.rated],
    ['raw-pixels', at.fit, hasRawPixels(facts)],
    [
      'logits-as-probabilities',
      at.compile,
      isCrossEntropy(facts) && !softmaxed(facts) && !fromLogits(facts),
    ],
    ['softmax-twice', at.last, isSoftmaxedTwice(facts)],
    ['classes', at.last, hasOtherWidth(facts)],
    ['accuracy-with-mse', at.compile, isSquared(facts) && facts.metrics.includes('accuracy')],
    ['validated-on-test', at.fit, facts.validation === 'test'],
    ['strides-by-position', at.model, facts.layers.some(hasLargeStrides)],
  ];
  return found
    .filter(([, , holds]) => holds)
    .map(([code, node]) => ({ ...m.source.place(m.lineOf(node)), code, text: TEXTS[code] }));
}

/** Layers that bring pixels to a small range before the first that learns from them. */
const SCALES = /^(?:Rescaling|\w*Normalization)$/;

function hasRawPixels({ data, layers }: Facts): boolean {
  const learns = layers.findIndex(({ className }) => /Dense|Conv/.test(className));
  const before = layers.slice(0, learns < 0 ? layers.length : learns);
  if (!data || before.some(({ className }) => SCALES.test(className))) return false;
  return Math.abs(data.scale) * 255 > 16;
}

function activations(layers: readonly LayerSpec[]): boolean[] {
  return layers.flatMap(({ className, config }) => {
    if (className === 'Softmax') return [true];
    const word = (config as { activation?: unknown }).activation;
    if (className === 'Activation') return [word === 'softmax'];
    if (className === 'Dense') return [word === 'softmax'];
    return className === 'ReLU' ? [false] : [];
  });
}

/** Whether the model ends in probabilities: a sigmoid counts, which Keras takes as such. */
function softmaxed({ layers }: Facts): boolean {
  if (layers.length === 0) return true;
  const word = (layers.at(-1)!.config as { activation?: unknown }).activation;
  return activations(layers).at(-1) === true || word === 'sigmoid';
}

function isSoftmaxedTwice(facts: Facts): boolean {
  const { layers } = facts;
  const last = activations(layers);
  const twice = last.at(-1) === true && last.at(-2) === true && !isHidden(layers);
  return twice || (softmaxed(facts) && fromLogits(facts));
}

/** Softmax in two Dense layers is a softmax in the middle, which is another slip. */
function isHidden(layers: readonly LayerSpec[]): boolean {
  return layers.at(-1)?.className === 'Dense';
}

function fromLogits({ compile }: Facts): boolean {
  return typeof compile?.loss === 'object' && compile.loss.fromLogits === true;
}

function isCrossEntropy({ loss }: Facts): boolean {
  return loss !== null && /categorical_?crossentropy$/i.test(loss);
}

function isSquared({ loss }: Facts): boolean {
  return loss !== null && /^(?:mse|mean_?squared_?error)$/i.test(loss);
}

function hasOtherWidth({ layers, data }: Facts): boolean {
  const dense = layers.filter(({ className }) => className === 'Dense').at(-1);
  const { units } = (dense?.config ?? {}) as { units?: number };
  return data !== null && units !== undefined && units !== sizesOf(data.source).classes;
}

function hasLargeStrides({ className, config }: LayerSpec): boolean {
  const { strides, kernelSize } = config as { strides?: unknown; kernelSize?: unknown };
  return (
    className === 'Conv2D' && typeof strides === 'number' && strides > 2 && strides === kernelSize
  );
}
