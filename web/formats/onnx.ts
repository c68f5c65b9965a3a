// ONNX, written through protobuf-es, which builds its messages from a descriptor without eval. Models are written, not read.
import { create, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataType } from 'onnx-buf';
import type { ModelFormat } from '../api/formats.ts';
import type { Sequential } from '../api/types.ts';
import { INPUT } from '../keras/model.ts';
import { GraphBuilder } from './onnx_graph.ts';
import { addJoin, joins, type Made } from './onnx_joins.ts';
import { addLayer } from './onnx_layers.ts';

/** Versions that ONNX Runtime of the last years takes: IR 8 and operators of set 13. */
const IR_VERSION = 8n;
const OPSET = 13n;

export const onnx: ModelFormat = {
  async save(model) {
    const bytes = onnxBytes(model, await model.weights());
    return new Blob([bytes as BlobPart], { type: 'application/octet-stream' });
  },
};

/** Input `input` [n, …inputShape] as the model takes it (MNIST: 0 to 1, height × width × channels), output `output` [n, classes]. */
export function onnxBytes(model: Sequential, weights: Float32Array): Uint8Array {
  const graph = new GraphBuilder('input');
  const made = new Map<string, Made>();
  made.set(INPUT, { place: graph.place, shape: model.inputShape });
  for (const [i, layer] of model.layersInfo.entries()) {
    const taken = layer.inbound.map((name) => made.get(name)!);
    graph.goTo(taken[0]!.place);
    const spec = model.specs[i]!;
    if (joins(spec)) addJoin(graph, layer, spec, taken);
    else addLayer(graph, layer, spec, weights);
    made.set(layer.name, { place: graph.place, shape: layer.outputShape });
  }
  const { node, initializer } = graph.finish('output');
  const output = model.layersInfo.at(-1)!.outputShape;
  const root = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: 'Ziffer',
    graph: {
      name: model.name,
      node,
      initializer,
      input: [valueInfo('input', model.inputShape)],
      output: [valueInfo('output', output)],
    },
  });
  return toBinary(ModelProtoSchema, root);
}

/** A tensor of floats with a free batch axis. */
function valueInfo(name: string, shape: readonly number[]) {
  const dim = [
    { value: { case: 'dimParam' as const, value: 'batch' } },
    ...shape.map((d) => ({ value: { case: 'dimValue' as const, value: BigInt(d) } })),
  ];
  const value = { elemType: TensorProto_DataType.FLOAT, shape: { dim } };
  return { name, type: { value: { case: 'tensorType' as const, value } } };
}
