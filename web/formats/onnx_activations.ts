// Keras's activations as nodes of ONNX (operators of set 13).
import type { Activation } from '../api/index.ts';
import type { Attribute, GraphBuilder } from './onnx_graph.ts';

/** One operator each; ONNX's defaults are Keras's where no attribute is given. */
const OPERATORS: Readonly<Partial<Record<Activation, [string, Record<string, Attribute>?]>>> = {
  relu: ['Relu'],
  sigmoid: ['Sigmoid'],
  tanh: ['Tanh'],
  elu: ['Elu'],
  selu: ['Selu'],
  leaky_relu: ['LeakyRelu', { alpha: { float: 0.2 } }],
  softplus: ['Softplus'],
  softsign: ['Softsign'],
  hard_sigmoid: ['HardSigmoid', { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }],
  exponential: ['Exp'],
  softmax: ['Softmax', { axis: -1 }],
  log_softmax: ['LogSoftmax', { axis: -1 }],
};

/** Those of several operators. `number` puts one number into the file and returns its name. */
const COMPOSED: Readonly<
  Partial<Record<Activation, (graph: GraphBuilder, number: (n: number) => string) => void>>
> = {
  linear: () => {},
  relu6: (graph, number) => graph.add('Clip', [number(0), number(6)]),
  silu(graph) {
    const x = graph.here;
    graph.add('Sigmoid');
    graph.add('Mul', [x]);
  },
  gelu(graph, number) {
    const x = graph.here;
    graph.add('Mul', [number(Math.SQRT1_2)]);
    graph.add('Erf');
    graph.add('Add', [number(1)]);
    graph.add('Mul', [x]);
    graph.add('Mul', [number(0.5)]);
  },
};

/** Behind the last node. `layer`: whose it is, for the names of what it needs. */
export function addActivation(
  graph: GraphBuilder,
  layer: string,
  activation: Activation = 'linear',
): void {
  // Over the channels, which have to come last.
  if (activation === 'softmax' || activation === 'log_softmax') graph.channelsLast();
  const operator = OPERATORS[activation];
  const number = (n: number) => graph.tensor(`${layer}/${activation}_${n}`, [], Float32Array.of(n));
  if (operator) graph.add(operator[0], [], operator[1]);
  else COMPOSED[activation]!(graph, number);
}
