// The words of the panel that explains, in English. Formulas and Keras's names are the same in every language.
import type { Format } from './format.ts';

export const explainEn = {
  empty:
    'Draw a digit, or take a test digit, to see with its own numbers how the network computes.',
  takeTest: 'Next test digit',
  layers: 'Layer',
  nothing: 'The network is not ready yet.',
  walk: 'Let it run',
  halt: 'Stop',
  next: (layer: string) => `Follow this number into ${layer}`,
  back: (layer: string) => `Where its inputs come from: ${layer}`,
  input: 'Input',
  output: 'Output',
  channel: 'Channel',
  filter: 'Filter',
  unit: 'Unit',
  row: 'Row',
  column: 'Column',
  windowLabel: (row: number, column: number) =>
    `Window over the input, at row ${row + 1}, column ${column + 1}. Arrow keys move it, with Shift by five.`,
  outputLabel: (row: number, column: number) =>
    `Output, at row ${row + 1}, column ${column + 1}. Arrow keys move the place, with Shift by five.`,
  said: (row: number, column: number, value: string) =>
    `Row ${row + 1}, column ${column + 1}: ${value}`,
  products: 'Pixel × weight = product',
  productsOf: (channel: number) => `Channel ${channel + 1}: input × weight = product`,
  padding: 'outside',
  channels: 'What each input channel adds',
  others: (f: Format, n: number) => `${f.int(n)} others together`,
  bias: 'bias',
  sum: 'sum of the products',
  terms: 'The strongest terms: input × weight = product',
  from: (row: number, column: number, channel: number) =>
    `row ${row + 1}, column ${column + 1}, channel ${channel + 1}`,
  pixel: (row: number, column: number) => `pixel in row ${row + 1}, column ${column + 1}`,
  weights: 'Weights: blue speaks for it, orange against',
  productsPicture: 'Pixel × weight',
  number: (n: number) => `unit ${n + 1}`,
  kernel: 'Kernel',
  kernels: {
    learned: 'learned by the network',
    edgesUp: 'edges, horizontal (Sobel)',
    edgesLeft: 'edges, vertical (Sobel)',
    blur: 'blur',
    sharpen: 'sharpen',
    own: 'nine numbers of your own',
  },
  ownWeight: (row: number, column: number) => `Weight in row ${row + 1}, column ${column + 1}`,
  otherKernel:
    'With another kernel you see what it alone would make of the digit; the network keeps its own.',
  keeps: (value: string) => `Max pooling keeps the largest: ${value}. The others are forgotten.`,
  averages: (f: Format, n: number, value: string) =>
    `Average pooling keeps the mean of the ${f.int(n)} numbers: ${value}.`,
  max: 'Max pooling',
  average: 'Average pooling',
  both: 'Both on the same map; this network uses',
  fourKept: 'The numbers under the window',
  softmax: {
    title: 'From numbers to probabilities: softmax',
    words:
      'Each score z becomes e to the power of z, which is positive. Divided by the sum of all of them, it is a probability: together they add up to 1.',
    className: 'Digit',
    total: 'Sum',
    truth: 'True digit',
    loss: 'Loss of this digit',
    lossWords: (name: string, p: string) =>
      `The loss is small where the true digit, ${name}, gets a probability near 1; now it gets ${p}.`,
  },
  activations: {
    linear: 'No activation: the sum is the output.',
    relu: 'ReLU lets positive sums pass and makes negative ones 0.',
    softmax: 'Softmax turns all sums of this layer together into probabilities.',
  } as Readonly<Record<string, string>>,
  activation: (name: string) => `The activation ${name} makes the output of it.`,
  about: {
    Conv2D:
      'A convolution slides a small window of weights over its input. At every place the numbers under the window are multiplied by the weights and added up.',
    DepthwiseConv2D: 'Like a convolution, but each output channel sees one input channel only.',
    SeparableConv2D:
      'Two steps: first each channel is convolved by itself, then the results of one place are weighed and added up. Here: the second step.',
    Dense:
      'Every unit multiplies each of its inputs by a weight of its own and adds everything up.',
    MaxPooling2D:
      'Pooling makes the map smaller: of every window it keeps only the largest number.',
    AveragePooling2D: 'Pooling makes the map smaller: of every window it keeps only the mean.',
    GlobalMaxPooling2D: 'Of each whole map only the largest number remains.',
    GlobalAveragePooling2D: 'Of each whole map only the mean remains.',
    Flatten:
      'Flatten computes nothing: it lays all maps out in one long row, place by place, and there channel by channel.',
    Reshape: 'Reshape computes nothing: the same numbers in another shape.',
    Add: 'The numbers that stand at the same place of several layers are added. What a block computes is so a change to what came in.',
    Subtract:
      'What the second layer gives is taken from what the first one gives, number by number.',
    Multiply:
      'The numbers that stand at the same place of several layers are multiplied. One of them can so open and close the others like a gate.',
    Average: 'Of the numbers that stand at the same place of several layers, the mean.',
    Maximum: 'Of the numbers that stand at the same place of several layers, the largest.',
    Minimum: 'Of the numbers that stand at the same place of several layers, the smallest.',
    Concatenate:
      'Concatenate computes nothing: it lays the channels of several layers one behind the other, so that the next layer sees them all.',
    BatchNormalization:
      'Each channel is shifted and scaled: by the mean and variance that training has seen, and by two learned numbers.',
    Rescaling: 'Every number is multiplied by the same factor, and an offset is added.',
    Dropout:
      'In training, Dropout sets random numbers to 0. When the network reads a digit, as here, it lets everything pass.',
  } as Readonly<Record<string, string>>,
  aboutNoise:
    'This layer changes pictures or numbers at random in training. When the network reads a digit, as here, it lets everything pass.',
  aboutMoved:
    'This layer only lays its numbers out anew, or fills in between them; it learns nothing and weighs nothing.',
  aboutEach: 'Each number by itself goes through this function.',
  flatIndex: 'number',
  step: {
    title: 'Backwards: what this digit would change',
    words: (name: string) =>
      `If the network learned from this one digit alone, as a ${name}: the gradient says for each weight how the loss would grow with it. A step of gradient descent goes the other way.`,
    start: 'Compute the gradient',
    before: 'now',
    new: 'new',
    gradient: 'gradient',
    after: (rate: string) => `after a step of ${rate}`,
    loss: 'Loss before and after the step',
    sure: 'The network is sure already, so this digit changes next to nothing. Draw a less clear one, or choose another true digit at the last layer.',
    failed: 'The gradient could not be computed.',
  },
};

type Words<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : { readonly [K in keyof T]: Words<T[K]> };
export type ExplainWords = Words<typeof explainEn>;
