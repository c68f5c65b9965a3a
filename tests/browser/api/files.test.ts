// Model files under the strictest policy that WebAssembly allows, each format fetched with its first file.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Site } from '../../support/api_site.ts';

const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
let site: Site;

beforeAll(async () => {
  site = await Site.open({ headers: { 'Content-Security-Policy': POLICY } });
});
afterAll(() => site?.close());

it('every format is saved, and opened again, without eval; its code comes with the first file', async () => {
  const context = await site.context();
  const chunks: string[] = [];
  context.on('request', (request) => {
    if (/\/(keras|h5|tfjs|onnx)-\w+\.js$/.test(request.url())) chunks.push(request.url());
  });
  const page = await site.page(context);
  const violations = await page.evaluate(() => {
    const seen: string[] = [];
    addEventListener('securitypolicyviolation', (event) => seen.push(event.blockedURI));
    Object.assign(globalThis, { seen });
    return seen.length;
  });
  expect(violations).toBe(0);
  expect(chunks).toEqual([]);
  const found = await page.evaluate(async () => {
    const model = ziffer.presets['simple-cnn']();
    const weights = await model.weights();
    const out: Record<string, { bytes: number; same: boolean | string }> = {};
    for (const format of ['keras', 'h5', 'tfjs', 'onnx'] as const) {
      const blob = await model.save(format);
      let same: boolean | string;
      try {
        const again = await ziffer.loadModel(new File([blob], `model.${format}`));
        const theirs = await again.weights();
        same = theirs.length === weights.length && theirs.every((v, i) => v === weights[i]);
        again.dispose();
      } catch (error) {
        same = (error as { code: string }).code;
      }
      out[format] = { bytes: blob.size, same };
    }
    model.dispose();
    return { out, seen: (globalThis as unknown as { seen: string[] }).seen };
  });
  expect(found.seen).toEqual([]);
  const parameters = 4 * 21_898;
  for (const [format, { bytes, same }] of Object.entries(found.out)) {
    expect(bytes).toBeGreaterThan(parameters * (format === 'tfjs' ? 0.8 : 1));
    expect(same).toBe(format === 'onnx' ? 'unsupported_format' : true);
  }
  expect(chunks.length).toBe(4);
  await context.close();
});
