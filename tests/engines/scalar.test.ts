// A browser without SIMD, as on a processor without SSE4.1: it fetches the scalar module instead, and learns the same bits.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium.mjs';
import { Course, elementPage } from './course.ts';
import { trainElement } from './in_page.ts';
import { natively } from './natively.ts';

const WITHOUT_SIMD = '--js-flags=--no-enable-sse4-1,--no-enable-ssse3';
const IMAGES = 10_000;
let course: Course;

beforeAll(() => {
  course = new Course();
});
afterAll(() => course.close());

async function modulesFetched(flags: string[]): Promise<{ modules: string[]; weights: string }> {
  const { url } = await course.site({ 'index.html': elementPage(IMAGES) });
  const browser = await launchChromium(flags);
  try {
    const page = await browser.newPage();
    const modules: string[] = [];
    page.context().on('request', (request) => {
      const name = request.url().split('/').at(-1)!;
      if (name.endsWith('.wasm')) modules.push(name);
    });
    await page.goto(url);
    const weights = await page.evaluate(trainElement);
    return { modules, weights };
  } finally {
    await browser.close();
  }
}

it('fetches the one module that it can run', async () => {
  const scalar = await modulesFetched([WITHOUT_SIMD]);
  expect(scalar.modules).toEqual(['ziffer-core-scalar.wasm']);
  const bits = createHash('sha256').update(Buffer.from(scalar.weights, 'base64')).digest('hex');
  expect(bits).toBe(natively(IMAGES));
  const { modules, weights } = await modulesFetched([]);
  expect(modules).toEqual(['ziffer-core.wasm']);
  expect(weights).toBe(scalar.weights);
});
