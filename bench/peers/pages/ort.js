// ONNX Runtime Web on wasm, evaluating the file that `model.save('onnx')` wrote. It does not train.
import * as ort from 'onnxruntime-web/wasm';
import { load } from './mnist.js';

export async function create({ threads, reference }) {
  ort.env.wasm.wasmPaths = '/peers/';
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(Uint8Array.from(reference.onnx));
  const test = await load('t10k', 10_000);
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  const part = 1000;
  return {
    facts: { version: ort.env.versions.web ?? ort.env.versions.common },
    async evaluate() {
      const start = performance.now();
      let loss = 0;
      for (let first = 0; first < 10_000; first += part) {
        const x = test.x.subarray(first * 784, (first + part) * 784);
        const tensor = new ort.Tensor('float32', x, [part, 28, 28, 1]);
        const { data } = (await session.run({ [input]: tensor }))[output];
        for (let i = 0; i < part; i++) loss -= Math.log(data[i * 10 + test.labels[first + i]]);
      }
      return { seconds: (performance.now() - start) / 1000, loss: loss / 10_000, count: 10_000 };
    },
  };
}
