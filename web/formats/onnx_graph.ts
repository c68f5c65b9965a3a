// ONNX nodes as they grow: each takes what the last one gave, or what another gave to which one went back. Pictures travel as Keras has them (height × width × channels) or as
// ONNX's windows want them (channels first); a Transpose comes only where the next node wants the other.
import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  type NodeProtoSchema,
  TensorProto_DataType,
  type TensorProtoSchema,
} from 'onnx-buf';

type Node = MessageInitShape<typeof NodeProtoSchema>;
type Tensor = MessageInitShape<typeof TensorProtoSchema>;
/** Whole numbers, one number that need not be whole, or a word. */
export type Attribute = number | readonly number[] | { readonly float: number } | string;

const TO_CHANNELS_FIRST = [0, 3, 1, 2];
const TO_CHANNELS_LAST = [0, 2, 3, 1];

/** What a node gives, and whether its channels come first. */
export interface Place {
  readonly name: string;
  readonly channelsFirst: boolean;
}

export class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #initializers: Tensor[] = [];
  #channelsFirst = false;

  constructor(private last: string) {}

  /** What the next node takes, for one behind it that takes it too. */
  get here(): string {
    return this.last;
  }

  /** The next node takes `here` of some time before. */
  goOnFrom(here: string): void {
    this.last = here;
  }

  get place(): Place {
    return { name: this.last, channelsFirst: this.#channelsFirst };
  }

  goTo({ name, channelsFirst }: Place): void {
    this.last = name;
    this.#channelsFirst = channelsFirst;
  }

  channelsFirst(): void {
    if (this.#channelsFirst) return;
    this.add('Transpose', [], { perm: TO_CHANNELS_FIRST });
    this.#channelsFirst = true;
  }

  channelsLast(): void {
    if (!this.#channelsFirst) return;
    this.add('Transpose', [], { perm: TO_CHANNELS_LAST });
    this.#channelsFirst = false;
  }

  /** A node behind the last one; `inputs` are names that `tensor` gave. */
  add(
    opType: string,
    inputs: readonly string[] = [],
    attributes: Record<string, Attribute> = {},
  ): void {
    const output = `${this.#nodes.length}_${opType.toLowerCase()}`;
    const attribute = Object.entries(attributes).map(([name, value]) => {
      if (typeof value === 'number') return { name, type: AttributeType.INT, i: BigInt(value) };
      if (typeof value === 'string')
        return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
      if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
      return { name, type: AttributeType.INTS, ints: value.map(BigInt) };
    });
    this.#nodes.push({
      opType,
      name: output,
      input: [this.last, ...inputs],
      output: [output],
      attribute,
    });
    this.last = output;
  }

  /** Gives weights a name in the file, and returns it. */
  tensor(name: string, dims: readonly number[], values: Float32Array): string {
    const rawData = new Uint8Array(4 * values.length);
    const view = new DataView(rawData.buffer);
    for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
    const dataType = TensorProto_DataType.FLOAT;
    this.#initializers.push({ name, dims: dims.map(BigInt), dataType, rawData });
    return name;
  }

  /** As `tensor`, of a row of whole numbers: a shape, or what is added at each side. */
  integers(name: string, values: readonly number[]): string {
    const rawData = new Uint8Array(8 * values.length);
    const view = new DataView(rawData.buffer);
    for (const [i, value] of values.entries()) view.setBigInt64(8 * i, BigInt(value), true);
    const dataType = TensorProto_DataType.INT64;
    this.#initializers.push({ name, dims: [BigInt(values.length)], dataType, rawData });
    return name;
  }

  /** As `tensor`, of a number for each channel, to be combined with what the last node gives. */
  channelTensor(name: string, values: Float32Array): string {
    const dims = this.#channelsFirst ? [values.length, 1, 1] : [values.length];
    return this.tensor(name, dims, values);
  }

  /** The nodes and weights; what the last node gives is called `output`. */
  finish(output: string): { node: Node[]; initializer: Tensor[] } {
    this.channelsLast();
    this.#nodes.push({ opType: 'Identity', name: output, input: [this.last], output: [output] });
    return { node: this.#nodes, initializer: this.#initializers };
  }
}
