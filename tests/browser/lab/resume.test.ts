// A training whose page went away in the middle is offered again, and goes on as if nothing had happened.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../../web/elements/plan/settings.ts';
import { until } from '../../support/api_site.ts';
import { button, type Lab, LabSite, look } from '../../support/lab_site.ts';

/** Small enough to be quick, long enough to be interrupted; early stopping counts its epochs across the interruption. */
const RUN =
  'index.html#preset=simple-cnn&seed=7&train-count=1500&batch-size=50&epochs=40&patience=30&threads=1';
const OFFER = 'A training was interrupted';

let site: LabSite;
let lab: Lab;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(async () => {
  expect(lab.complaints).toEqual([]);
  await lab.page.context().close();
});

/** All that a training leaves behind. */
function result(page: Page) {
  return look(page, async ({ model, curves, settings, layers, modelName }) => {
    const { weights, optimizer } = await model!.snapshot();
    const bits = (values: Float32Array) => [...new Uint32Array(values.slice().buffer)];
    return {
      ...{ settings, layers, modelName, name: model!.name },
      epochs: curves.epochs,
      bestEpoch: curves.bestEpoch,
      steps: curves.steps,
      weights: bits(weights),
      loss: model!.compiled!.loss,
      updates: optimizer.steps,
    };
  });
}

/** Trains until some epochs are done, then holds; resolves to how many when the last of them is kept. */
async function trainHalfway(page: Page, name = 'Train'): Promise<number> {
  await page.evaluate(() => {
    const lab = document.querySelector('ziffer-lab')!;
    const past = lab.experiment.curves.epochs.length;
    lab.addEventListener('ziffer-epoch', ({ detail }) => {
      if (detail.epoch === past + 3) lab.pause();
    });
  });
  await button(page, name).click();
  await button(page, 'Continue').waitFor({ timeout: 120_000 });
  // A report of what was under way may still come.
  await page.waitForTimeout(300);
  const done = await look(page, (e) => e.curves.epochs.length - e.curves.past.epochs);
  expect(done).toBeGreaterThanOrEqual(3);
  expect(done).toBeLessThan(40);
  await until(async () => (await kept(page)).includes(done), 30_000);
  return done;
}

function set(page: Page, settings: Partial<Settings>): Promise<void> {
  return page.evaluate((settings) => {
    document.querySelector('ziffer-lab')!.settings = settings;
  }, settings);
}

/** A model's file with names, an optimizer and a loss that the lab's settings do not tell. */
async function savedElsewhere(page: Page): Promise<number[]> {
  // As text: a test's transformer would rewrite import().
  await page.evaluate(`import('../ziffer.js').then((m) => { window.ziffer = m; })`);
  return page.evaluate(async () => {
    const { layers } = ziffer;
    const features = layers.dense({ units: 12, name: 'features', trainable: false });
    const answer = layers.dense({ units: 10, name: 'answer' });
    const list = [layers.flatten({ inputShape: [28, 28, 1] }), features, answer];
    const model = ziffer.sequential({ name: 'elsewhere', layers: list });
    model.compile({
      optimizer: { name: 'rmsprop', centered: true, epsilon: 1e-5 },
      loss: { name: 'sparse_categorical_crossentropy', fromLogits: true },
    });
    const { train } = await ziffer.loadMnist({ trainCount: 200 });
    await model.fit(train, { threads: 1 });
    return [...new Uint8Array(await (await model.save('keras')).arrayBuffer())];
  });
}

async function open(page: Page, bytes: number[]): Promise<void> {
  await page.getByRole('tab', { name: 'Files' }).click();
  const file = { name: 'elsewhere.keras', mimeType: '', buffer: Buffer.from(bytes) };
  await page.getByLabel('Load a model').setInputFiles(file);
  await page.getByText('elsewhere.keras is loaded.').waitFor();
}

/** The epochs of the runs that the browser keeps. */
function kept(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((done, failed) => {
        const opening = indexedDB.open('ziffer-runs');
        opening.onerror = () => failed(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          if (!db.objectStoreNames.contains('runs')) {
            db.close();
            return done([]);
          }
          const all = db.transaction('runs').objectStore('runs').getAll();
          all.onsuccess = () => {
            db.close();
            done(all.result.map((run) => run.backup?.epoch ?? 0));
          };
        };
      }),
  );
}

/** Spoils what is kept. */
function plant(page: Page, wrong: 'nonsense' | 'settings' | 'damage'): Promise<void> {
  return page.evaluate(
    (wrong) =>
      new Promise<void>((done) => {
        const opening = indexedDB.open('ziffer-runs');
        opening.onsuccess = () => {
          const db = opening.result;
          const cursor = db.transaction('runs', 'readwrite').objectStore('runs').openCursor();
          cursor.onsuccess = () => {
            const run = cursor.result!.value;
            if (wrong === 'settings') run.settings.epochs = -1;
            if (wrong === 'damage') run.backup.bytes[5000] ^= 1;
            cursor.result!.update(wrong === 'nonsense' ? wrong : run).onsuccess = () => {
              db.close();
              done();
            };
          };
        };
      }),
    wrong,
  );
}

function finished(page: Page): Promise<void> {
  return button(page, 'Train again').waitFor({ timeout: 180_000 });
}

describe('a training in the middle', () => {
  it('goes on after a reload to the same weights, curves and settings, and leaves nothing behind', async () => {
    lab = await site.visit(RUN);
    const { page } = lab;
    await button(page, 'Train').click();
    await finished(page);
    const whole = await result(page);
    await until(async () => (await kept(page)).length === 0);

    await page.reload();
    await button(page, 'Train').waitFor();
    const done = await trainHalfway(page);
    // Whatever the address says: the run knows its own settings.
    await page.goto('about:blank');
    await page.goto(`${site.server.url}index.html#preset=two-conv-cnn&epochs=2&threads=2`);
    await page.getByText(OFFER).waitFor();
    await page.getByText(`Simple CNN, after epoch ${done} of 40.`).waitFor();
    await button(page, 'Continue training').click();
    await page.getByText(OFFER).waitFor({ state: 'detached' });
    await finished(page);
    expect(await result(page)).toEqual(whole);
    await until(async () => (await kept(page)).length === 0);

    await page.reload();
    await button(page, 'Train').waitFor();
    await page.waitForTimeout(500);
    expect(await page.getByText(OFFER).count()).toBe(0);
  });

  it.each(['trained here', 'opened from a file'] as const)(
    'of a model that was %s, trained on, goes on after a reload to the same bits',
    async (origin) => {
      lab = await site.visit(RUN);
      const { page } = lab;
      const opened = origin === 'trained here' ? null : await savedElsewhere(page);
      const past = opened ? 0 : 2;
      const begin = async () => {
        await set(page, { epochs: 2 });
        if (opened) await open(page, opened);
        else {
          await button(page, 'Train').click();
          await finished(page);
        }
        await set(page, { epochs: 40 });
      };
      await begin();
      await button(page, 'Train on').click();
      await button(page, 'Stop').waitFor();
      await button(page, 'Train on').waitFor({ timeout: 180_000 });
      const whole = await result(page);
      expect(whole.epochs.length).toBe(past + 40);

      await page.reload();
      await button(page, 'Train').waitFor();
      await begin();
      const done = await trainHalfway(page, 'Train on');
      await page.reload();
      await page.getByText(`after epoch ${past + done} of ${past + 40}.`).waitFor();
      await button(page, 'Continue training').click();
      await button(page, 'Train on').waitFor({ timeout: 180_000 });
      expect(await result(page)).toEqual(whole);
      await until(async () => (await kept(page)).length === 0);
    },
  );

  it('is offered after its tab crashed or was closed, also in a tab that was open all the time, but in one only', async () => {
    lab = await site.visit(RUN);
    const { page } = lab;
    const other = await page.context().newPage();
    await trainHalfway(page);
    await other.goto(site.server.url + RUN);
    await button(other, 'Train').waitFor();
    await other.waitForTimeout(500);
    // As long as the first tab lives, its run is its own.
    expect(await other.getByText(OFFER).count()).toBe(0);
    const third = await page.context().newPage();
    const session = await page.context().newCDPSession(page);
    session.send('Page.crash').catch(() => {});
    await other.getByText(OFFER).waitFor();
    await third.goto(site.server.url + RUN);
    await button(third, 'Train').waitFor();
    await third.waitForTimeout(500);
    expect(await third.getByText(OFFER).count()).toBe(0);
    await other.close();
    await third.getByText(OFFER).waitFor();
    await button(third, 'Discard').click();
    await third.getByText(OFFER).waitFor({ state: 'detached' });
    await until(async () => (await kept(third)).length === 0);
  });

  it('that is discarded is not offered again; nor is one that was stopped, reset or given up for another model', async () => {
    lab = await site.visit(RUN);
    const { page } = lab;
    await trainHalfway(page);
    await page.reload();
    await button(page, 'Discard').click();
    await until(async () => (await kept(page)).length === 0);
    // With the keyboard one is still in the panel.
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('ziffer-lab');
    await page.reload();
    await button(page, 'Train').waitFor();
    await page.waitForTimeout(500);
    expect(await page.getByText(OFFER).count()).toBe(0);

    await trainHalfway(page);
    await button(page, 'Stop').click();
    await finished(page);
    await until(async () => (await kept(page)).length === 0);
    await button(page, 'Train again').click();
    await until(async () => (await kept(page)).length === 1);
    await page.getByText('Softmax regression', { exact: true }).first().click();
    await until(async () => (await kept(page)).length === 0);
  });

  it('in each of two labs on a page is its own', async () => {
    lab = await site.visit(RUN);
    const { page } = lab;
    const seeds = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('ziffer-lab')].map(
          (one) => one.experiment.kept.offer?.settings.seed ?? null,
        ),
      );
    const second = () =>
      page.evaluate(async () => {
        const more = document.createElement('ziffer-lab');
        const given = { seed: '8', 'train-count': '1500', 'batch-size': '50', epochs: '40' };
        for (const [name, value] of Object.entries(given)) more.setAttribute(name, value);
        document.body.append(more);
        for (const one of document.querySelectorAll('ziffer-lab')) await one.load();
      });
    await second();
    await page.evaluate(() => {
      for (const one of document.querySelectorAll('ziffer-lab')) {
        one.addEventListener('ziffer-epoch', ({ detail }) => {
          if (detail.epoch === 2) one.pause();
        });
        one.start();
      }
    });
    await until(async () => (await kept(page)).length === 2, 120_000);
    await page.reload();
    await second();
    await until(async () => JSON.stringify(await seeds()) === '[7,8]', 30_000);
  });
});

describe('what is kept is not believed', () => {
  it.each(['nonsense', 'settings'] as const)(
    '%s in the place of a run is cleared away',
    async (wrong) => {
      lab = await site.visit(RUN);
      const { page } = lab;
      await trainHalfway(page);
      await plant(page, wrong);
      await page.reload();
      await until(async () => (await kept(page)).length === 0);
      expect(await page.getByText(OFFER).count()).toBe(0);
    },
  );

  it('a run whose bytes were changed says so, goes, and the lab trains anew', async () => {
    lab = await site.visit(RUN);
    const { page } = lab;
    await trainHalfway(page);
    await plant(page, 'damage');
    await page.reload();
    await button(page, 'Continue training').click();
    await page.getByText(/its bytes are damaged/).waitFor();
    await until(async () => (await kept(page)).length === 0);
    await button(page, 'Train').waitFor();
  });
});

it('where storage is denied, everything else works', async () => {
  lab = await site.visit('embed.html?panels=draw');
  const { page } = lab;
  await page.context().addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await page.goto(site.server.url + RUN.replace('epochs=40', 'epochs=2'));
  await button(page, 'Train').click();
  await finished(page);
  expect(await look(page, (e) => e.curves.epochs.length)).toBe(2);
  expect(await look(page, (e) => e.trouble)).toBeNull();
});

it('where storage is full, it is said what a reload will not bring back, and everything else works', async () => {
  lab = await site.visit(RUN);
  const { page } = lab;
  await page.evaluate(() => {
    const put = IDBObjectStore.prototype.put;
    let free = 1;
    IDBObjectStore.prototype.put = function (...record) {
      if (this.name === 'runs' && free-- > 0) return put.apply(this, record);
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
  // Enough that the pause comes before the end.
  await set(page, { epochs: 20 });
  await page.evaluate(() => {
    const lab = document.querySelector('ziffer-lab')!;
    lab.addEventListener('ziffer-epoch', ({ detail }) => {
      if (detail.epoch === 3) lab.pause();
    });
  });
  await button(page, 'Train').click();
  await page.getByText(/storage is full.* from epoch \d only/).waitFor({ timeout: 120_000 });
  await button(page, 'Continue').click();
  await finished(page);
  await page.getByText(/storage is full.* this model will be gone/).waitFor();
  expect(await look(page, (e) => [e.curves.epochs.length, e.trouble])).toEqual([20, null]);
  await button(page, 'Train again').click();
  await page.getByText(/storage is full.* cannot be continued/).waitFor({ timeout: 120_000 });
});

it('where storage is cleared in the middle, the next epoch is kept again', async () => {
  lab = await site.visit(RUN);
  const { page } = lab;
  await trainHalfway(page);
  await page.evaluate(
    () =>
      new Promise<void>((done, failed) => {
        const clearing = indexedDB.deleteDatabase('ziffer-runs');
        clearing.onsuccess = () => done();
        clearing.onerror = clearing.onblocked = () => failed(new Error('The page holds it.'));
      }),
  );
  // Whoever opens it now makes it anew, without a store.
  expect(await kept(page)).toEqual([]);
  await button(page, 'Continue').click();
  await until(async () => (await kept(page).catch(() => [])).length === 1, 30_000);
});
