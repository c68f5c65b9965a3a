// Files that real Keras and TensorFlow.js of several releases have written (tests/keras/make_fixtures.*) open here and predict what
// their makers predicted. Needs neither of them.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Site } from '../../support/api_site.ts';
import { within } from '../../support/measured.ts';

const FOLDER = 'tests/keras/fixtures';
const TOLERANCE = 1e-5;

interface Fixture {
  file: string;
  /** Of the layers, without InputLayer. */
  classes: string[];
  predictions: number[][];
}

const makers = readdirSync(FOLDER)
  .filter((name) => name.startsWith('made-by-'))
  .map((name) => JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as { fixtures: Fixture[] });
const fixtures = makers.flatMap((maker) => maker.fixtures);

let site: Site;
let page: Page;

beforeAll(async () => {
  site = await Site.open();
  page = await site.freshPage();
});
afterAll(() => site?.close());

/** The file's bytes; of TensorFlow.js's two, the zip that a person would make of them. */
async function bytesOf(file: string): Promise<string> {
  const packed = (path: string) => gunzipSync(readFileSync(`${FOLDER}/${path}.gz`));
  if (!file.endsWith('model.json')) return packed(file).toString('base64');
  const { zipSync } = await import('fflate');
  const read = (name: string) => new Uint8Array(readFileSync(`${FOLDER}/${dirname(file)}/${name}`));
  const names = ['model.json', 'model.weights.bin'];
  const zip = zipSync(Object.fromEntries(names.map((name) => [name, read(name)])));
  return Buffer.from(zip).toString('base64');
}

/** What the page finds in the file. */
async function opened(file: string) {
  const name = file.split('/').at(-1)!;
  return page.evaluate(
    async ({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const model = await ziffer.loadModel(new File([bytes], name));
      const [height = 0, width = 0] = model.inputShape;
      const size = height * width;
      // images() of make_fixtures.py.
      const images = Uint8Array.from({ length: 3 * size }, (_, i) => {
        const k = Math.floor(i / size);
        const p = i % size;
        return (p * (2 * k + 3) * 7 + Math.floor(p / 5) * 31 + k * 11) % 256;
      });
      const predictions = [...(await model.predict(images))];
      const { steps } = await model.optimizerState();
      const found = {
        predictions,
        classes: model.layersInfo.map(({ className }) => className as string),
        frozen: model.layersInfo.filter((l) => !l.trainable).map((l) => l.className as string),
        summary: model.summary(),
        notKept: model.notKept.map(({ what, name }) => `${what} ${name}`),
        optimizer: model.compiled?.optimizer ?? null,
        steps,
      };
      model.dispose();
      return found;
    },
    { name, base64: await bytesOf(file) },
  );
}

describe('files of real Keras and TensorFlow.js', () => {
  it('are there: several releases of Keras, both formats, TensorFlow.js', () => {
    const files = fixtures.map(({ file }) => file);
    for (const each of ['keras-2', 'keras-3.0', 'keras-3.15', '.h5', 'tensorflowjs'])
      expect(
        files.some((file) => file.includes(each)),
        each,
      ).toBe(true);
  });

  it.each(fixtures)('$file predicts what it predicted where it was made', async (fixture) => {
    const found = await opened(fixture.file);
    const wanted = fixture.predictions.flat();
    expect(found.predictions).toHaveLength(wanted.length);
    const most = Math.max(...wanted.map((v, i) => Math.abs(v - found.predictions[i]!)));
    within(`${fixture.file}, predicted here`, most, TOLERANCE);
    expect(found.classes).toEqual(fixture.classes);
  });

  it('what is not kept of a file is named, and nothing else is', async () => {
    const of = async (file: string) => (await opened(file)).notKept;
    expect(await of('keras-3.15.1-plain.keras')).toEqual([]);
    expect(await of('keras-3.15.1-frozen.h5')).toEqual([]);
    expect(await of('keras-3.15.1-chain.keras')).toEqual(['initializer RandomNormal']);
    expect(await of('keras-2.15.0-chain.h5')).toEqual(['initializer RandomNormal']);
    for (const format of ['keras', 'h5'])
      expect(await of(`keras-3.15.1-normalized.${format}`)).toEqual([]);
  });

  it.each(fixtures.filter(({ file }) => file.includes('frozen')))(
    '$file: what was not trained there is not trained here',
    async ({ file }) => {
      const found = await opened(file);
      expect(found.frozen).toEqual(['Conv2D']);
      expect(found.summary).toMatch(/Non-trainable params: 30 /);
    },
  );

  it.each(fixtures.filter(({ classes }) => classes.includes('BatchNormalization')))(
    '$file: its normalizations are there, and trained',
    async ({ file, classes }) => {
      const found = await opened(file);
      expect(found.classes).toEqual(classes);
      expect(found.frozen).not.toContain('BatchNormalization');
    },
  );

  it.each(fixtures.filter(({ file }) => /^keras-.*(plain|tutorial)/.test(file)))(
    '$file goes on with the optimizer where it stood: 9 steps of adam',
    async ({ file }) => {
      const found = await opened(file);
      expect(found.steps).toBe(9);
      expect(JSON.stringify(found.optimizer)).toContain('adam');
    },
  );
});
