// The same pages in three browser engines: each trains the lecture's simple CNN for one epoch on all of MNIST, to the very bits that this
// machine's own instructions give, and reads a drawn digit.
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SEVEN } from '../support/strokes.ts';
import { Course } from './course.ts';
import { type Engine, inPage, within } from './drive/engine.ts';
import { ENGINES } from './drive/engines.ts';
import {
  drawOnElement,
  drawWithApi,
  keptForOffline,
  loadElement,
  padOnScreen,
  readingShown,
  trainElement,
  trainWithApi,
} from './in_page.ts';
import { natively } from './natively.ts';
import { rows } from './rows.ts';
import { Table } from './table.ts';

const table = new Table(rows.map((row) => row.name));
const expected = new Map<number, string>();

beforeAll(async () => {
  for (const images of new Set(rows.map((row) => row.images))) {
    expected.set(images, natively(images));
  }
});
afterAll(() => table.write());

describe.each(ENGINES)('$name', ({ name, missing, start }) => {
  let engine: Engine | null = null;
  let course = new Course();

  beforeAll(async () => {
    if (missing()) return;
    engine = await start();
    table.engine(name, engine.title);
  });
  afterAll(() => engine?.close());
  afterEach(async () => {
    await course.close();
    course = new Course();
  });

  it.for(rows)('$name', async ({ name: row, images, open }, { skip }) => {
    if (!engine) return skip(missing() ?? `${name} did not start`);
    const place = await open(course);
    await within('the page', engine.goto(place.url));
    if (place.leave) {
      await inPage(engine, place.depth, keptForOffline, null);
      await place.leave();
      await engine.goto('about:blank');
      await engine.goto(place.url);
    }
    const train = place.uses === 'api' ? trainWithApi : trainElement;
    const weights = await inPage(engine, place.depth, train, images);
    const digest = createHash('sha256').update(Buffer.from(weights, 'base64')).digest('hex');
    expect(digest).toBe(expected.get(images));
    if (place.uses === 'api') {
      expect(await inPage(engine, place.depth, drawWithApi, SEVEN)).toBe(7);
    } else {
      await inPage(engine, place.depth, drawOnElement, SEVEN);
      expect(await inPage(engine, place.depth, readingShown, 7)).toBe(7);
    }
    table.enter(name, row, digest);
  });

  it('reads what the pointer draws', async ({ skip }) => {
    if (!engine) return skip(missing() ?? `${name} did not start`);
    // The ready-made network reads here.
    const { url } = await rows[0]!.open(course);
    await engine.goto(url);
    await inPage(engine, 0, loadElement, null);
    const { x, y, size } = await inPage(engine, 0, padOnScreen, null);
    await engine.drag(SEVEN[0].map(([px, py]) => [x + px * size, y + py * size]));
    expect(await inPage(engine, 0, readingShown, 7)).toBe(7);
  });
});
