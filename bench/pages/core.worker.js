// The wasm module alone in a worker: single predictions without messages, and what memory a training takes.
import createCore from '/wasm/ziffer-core.mjs';

const pixels = 784;
let memory;
const core = await createCore({
  locateFile: (name) => `/wasm/${name}`,
  async instantiateWasm(imports, done) {
    const response = await fetch('/wasm/ziffer-core.wasm');
    const { instance, module } = await WebAssembly.instantiateStreaming(response, imports);
    memory = Object.values(instance.exports).find((e) => e instanceof WebAssembly.Memory);
    done(instance, module);
  },
});

const jobs = {
  /** Microseconds of one prediction, of `count` batches of 50. */
  predict({ config, count }) {
    const model = core.createModel(config, 1);
    const image = new Uint8Array(pixels).map((_, i) => (i % 28 > 10 && i % 28 < 16 ? 200 : 0));
    const times = [];
    for (let batch = -20; batch < count; batch++) {
      const start = performance.now();
      for (let i = 0; i < 50; i++) model.predict(image, 1);
      if (batch >= 0) times.push((performance.now() - start) * 20);
    }
    model.delete();
    return times;
  },
  /** Bytes of wasm memory before data, with all of MNIST, and while training. */
  memory({ configs, batchSizes }) {
    const stages = { 'module started': memory.buffer.byteLength };
    const data = core.createDataset(60_000, 28, 28, 1, 10);
    for (let first = 0; first < 60_000; first += 5000) {
      data.setImages(first, new Uint8Array(5000 * pixels).fill(first % 251));
    }
    data.setLabels(
      0,
      new Uint8Array(60_000).map((_, i) => i % 10),
    );
    stages['with 60,000 images'] = memory.buffer.byteLength;
    for (const [name, config] of Object.entries(configs)) {
      const model = core.createModel(config, 1);
      const options = JSON.stringify({ batch_size: batchSizes[name], epochs: 1, shuffle: true });
      const trainer = core.createTrainer(model, data, null, options);
      for (let step = 0; step < 20; step++) {
        const units = trainer.begin(1);
        for (let unit = 0; unit < units; unit++) trainer.runUnit(unit);
        trainer.finish();
      }
      stages[`training ${name}`] = memory.buffer.byteLength;
      trainer.delete();
      model.delete();
    }
    return stages;
  },
};

self.onmessage = ({ data: { job, argument } }) => postMessage(jobs[job](argument));
postMessage('ready');
