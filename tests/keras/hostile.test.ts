// Files are untrusted: whatever stands in one, loading it ends with a model or with an error that says what is wrong.
import { strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { readHdf5, writeHdf5 } from '../../web/formats/hdf5.ts';
import { layers, loadModel, type SaveFormat, sequential, ZifferError } from '../../web/ziffer.ts';
import { useDist } from './place.ts';

const files = new Map<SaveFormat, Uint8Array>();
const load = (bytes: Uint8Array) => loadModel(bytes as Uint8Array<ArrayBuffer>);

beforeAll(async () => {
  useDist();
  const model = sequential({
    layers: [
      layers.conv2d({ filters: 2, kernelSize: 3, activation: 'relu', inputShape: [8, 8, 1] }),
      layers.flatten(),
      layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  for (const format of ['keras', 'h5', 'tfjs'] as const) {
    files.set(format, new Uint8Array(await (await model.save(format)).arrayBuffer()));
  }
  model.dispose();
});

/** The code of the error, or 'opened'. */
async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    (await load(bytes)).dispose();
    return 'opened';
  } catch (error) {
    expect(error).toBeInstanceOf(ZifferError);
    return (error as ZifferError).code;
  }
}

for (const format of ['keras', 'h5', 'tfjs'] as const) {
  it(`${format}: cut off anywhere`, async () => {
    const whole = files.get(format)!;
    expect(await outcome(whole)).toBe('opened');
    for (let part = 1; part < 20; part++) {
      const code = await outcome(whole.slice(0, Math.floor((whole.length * part) / 20)));
      expect(code).not.toBe('opened');
    }
  });

  it(`${format}: damaged anywhere`, async () => {
    const whole = files.get(format)!;
    let state = 1;
    for (let i = 0; i < 150; i++) {
      const damaged = whole.slice();
      for (let k = 0; k < 4; k++) {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        damaged[state % damaged.length]! ^= 1 << (state >>> 29);
      }
      const allowed = /opened|invalid_|unsupported_|shape_mismatch|model_too_large/;
      expect(await outcome(damaged)).toMatch(allowed);
    }
    // And a good file still opens.
    expect(await outcome(whole)).toBe('opened');
  });
}

const keras = (change: (entries: Record<string, Uint8Array>) => void) => {
  const entries = unzipSync(files.get('keras')!);
  change(entries);
  return zipSync(entries);
};

it('nesting that would exhaust the stack is refused before it is parsed', async () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const bytes = keras((entries) => {
    entries['config.json'] = strToU8(deep);
  });
  await expect(load(bytes)).rejects.toMatchObject({
    code: 'invalid_model',
    message: /levels deep/,
  });
});

it('weights of another shape or type are named, and what they claim is not allocated', async () => {
  const cases: readonly [(string | number[])[], RegExp][] = [
    [['<f', [3, 3, 1, 3]], /0: expected \[3,3,1,2\], got \[3,3,1,3\]/],
    [['<d', [3, 3, 1, 2]], /0: expected 32-bit floats/],
  ];
  for (const [[dtype, shape], message] of cases) {
    const weights = await writeHdf5((file) => {
      const vars = file.create_group('layers').create_group('conv2d').create_group('vars');
      const count = (shape as number[]).reduce((n, d) => n * d, 1);
      const data = dtype === '<d' ? new Float64Array(count) : new Float32Array(count);
      vars.create_dataset({ name: '0', data, shape: shape as number[], dtype: dtype as string });
    });
    const bytes = keras((entries) => {
      entries['model.weights.h5'] = weights;
    });
    await expect(load(bytes)).rejects.toMatchObject({ code: 'invalid_model', message });
  }
});

it('a dataset that claims a tebibyte costs nothing', async () => {
  const weights = await writeHdf5((file) => {
    const vars = file.create_group('layers').create_group('conv2d').create_group('vars');
    const made = vars.create_dataset({
      name: '0',
      data: new Float32Array(4),
      shape: [2, 2],
      dtype: '<f',
      maxshape: [null, null],
      chunks: [2, 2],
    });
    made.resize([2 ** 19, 2 ** 19]);
  });
  const bytes = keras((entries) => {
    entries['model.weights.h5'] = weights;
  });
  await expect(load(bytes)).rejects.toMatchObject({ message: /got \[524288,524288\]/ });
});

it('weights alone, which Keras saves too, are said to be no model', async () => {
  const weights = unzipSync(files.get('keras')!)['model.weights.h5']!;
  await expect(load(weights)).rejects.toMatchObject({ message: /without model_config/ });
});

it('the current model is as it was after a file that could not be opened', async () => {
  const model = sequential({ layers: [layers.flatten(), layers.dense({ units: 3 })] });
  const before = await model.weights();
  await outcome(files.get('h5')!.slice(0, 900));
  expect(await model.weights()).toEqual(before);
  model.dispose();
});

it('an HDF5 file with a ring of links is read without end only where asked', async () => {
  const bytes = await writeHdf5((file) => {
    file.create_group('a').create_soft_link('/a', 'a');
  });
  await readHdf5('ring', bytes, (file) => expect(file.keys()).toEqual(['a']));
});
