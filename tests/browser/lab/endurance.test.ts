// A page that is used for long: nothing is left of what has gone, and no order of presses breaks it.
import type { CDPSession, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { ZifferLab } from '../../../web/elements/lab/ziffer_lab.ts';
import { look } from '../../support/lab_site.ts';
import { visits } from '../../support/lab_visit.ts';

const lab = visits();
const SMALL = 'preset=softmax-regression&train-count=200&epochs=1&patience=none';

/** What the page holds at rest, when all that the last fit changed is shown and its garbage is collected; the heap in MB. */
async function held(cdp: CDPSession): Promise<{ listeners: number; nodes: number; heap: number }> {
  for (let before = -1; ; ) {
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    const of = (name: string) => metrics.find((metric) => metric.name === name)!.value;
    const nodes = of('Nodes');
    if (nodes === before)
      return { listeners: of('JSEventListeners'), nodes, heap: of('JSHeapUsedSize') / 1e6 };
    before = nodes;
    await new Promise((next) => setTimeout(next, 300));
  }
}

async function measuring(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  return cdp;
}

/** Trains so many times, one after another, until each is tested and shown. */
function train(page: Page, times: number): Promise<void> {
  return page.evaluate(async (count) => {
    const { experiment } = document.querySelector('ziffer-lab') as ZifferLab;
    for (let i = 0; i < count; i++) {
      await experiment.start();
      await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)));
    }
  }, times);
}

it('a hundred fits in a row leave nothing behind', async () => {
  const { page, complaints } = await lab.visit(`index.html#${SMALL}`);
  await page.getByRole('tab', { name: 'Mistakes' }).click();
  const cdp = await measuring(page);
  // The list of runs is full by then.
  await train(page, 55);
  const before = await held(cdp);
  await train(page, 45);
  const after = await held(cdp);
  expect(await look(page, (e) => [e.phase, e.runs.next, e.trouble])).toEqual([
    'finished',
    101,
    null,
  ]);
  expect(after.listeners - before.listeners).toBeLessThan(20);
  expect(after.nodes - before.nodes).toBeLessThan(500);
  expect(after.heap - before.heap).toBeLessThan(4);
  expect(complaints).toEqual([]);
});

it('a thousand random presses, changes and moves on two labs end in a page that works', async () => {
  const { page, complaints } = await lab.visit(`embed.html?${SMALL}&loading=eager`);
  const cdp = await measuring(page);
  await page.evaluate(() => {
    const rejected: string[] = [];
    Object.assign(window, { rejected });
    addEventListener('unhandledrejection', ({ reason }) => rejected.push(String(reason)));
  });
  await atRandom(page, 1, 150);
  const before = await held(cdp);
  await atRandom(page, 2, 850);
  const after = await held(cdp);
  expect(complaints).toEqual([]);
  expect(await page.evaluate('rejected')).toEqual([]);
  expect(after.listeners - before.listeners).toBeLessThan(300);
  expect(after.heap - before.heap).toBeLessThan(15);
  // It trains, and when the labs are gone so are their workers.
  expect(await page.evaluate(trainOnce)).toBe('finished');
  await page.evaluate(() =>
    document.querySelectorAll('ziffer-lab').forEach((l) => void l.remove()),
  );
  await expect.poll(() => page.workers().map((w) => w.url()), { timeout: 20_000 }).toEqual([]);
});

async function trainOnce(): Promise<string> {
  const experiment = await (document.querySelector('ziffer-lab') as ZifferLab).load();
  experiment.reset();
  experiment.choose('softmax-regression', { trainCount: 200, epochs: 1 });
  await experiment.start();
  return experiment.phase;
}

/** Seeded: what is done, to which lab, and how long until the next. The labs are gone and there in between. */
function atRandom(page: Page, seed: number, actions: number): Promise<void> {
  return page.evaluate(
    async ({ seed, actions }) => {
      let state = seed;
      const random = (below: number) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
      };
      const pick = <T>(of: readonly T[]): T => of[random(of.length)]!;
      const first = document.querySelector('ziffer-lab') as ZifferLab;
      const place = first.parentElement!;
      const second = (place.querySelectorAll('ziffer-lab')[1] ?? first.cloneNode()) as ZifferLab;
      const labs = [first, second];
      place.append(first, second);
      const buttons = (root: ParentNode): HTMLElement[] =>
        [...root.querySelectorAll<HTMLElement>('*')].flatMap((e) => [
          ...(e.matches('button:not(:disabled), [role=tab], select') ? [e] : []),
          // What saves would only fill the disk.
          ...(e.shadowRoot && e.localName !== 'ziffer-files' ? buttons(e.shadowRoot) : []),
        ]);
      const presets = ['softmax-regression', 'simple-cnn'] as const;
      const small = { trainCount: 200, epochs: 2 };
      type Act = (lab: ZifferLab) => unknown;
      const withExperiment =
        (act: (experiment: ZifferLab['experiment']) => unknown): Act =>
        (lab) => {
          if (lab.isConnected) void lab.load().then(act);
        };
      const acts: Act[] = [
        (lab) => lab.start(),
        (lab) => lab.start(),
        (lab) => lab.pause(),
        (lab) => lab.stop(),
        (lab) => lab.stop(),
        (lab) => lab.reset(),
        (lab) => lab.trainOn(),
        (lab) =>
          lab.draw([
            [
              [0, 0],
              [random(9), 9],
              [5, random(20)],
            ],
          ]),
        (lab) => lab.remove(),
        (lab) => place.append(lab),
        (lab) => place.append(lab),
        (lab) => place.prepend(lab),
        (lab) => {
          lab.remove();
          lab.start();
        },
        (lab) => lab.setAttribute('preset', pick(presets)),
        (lab) => lab.setAttribute('locale', pick(['de', 'en'])),
        (lab) =>
          lab.setAttribute('panels', pick(['train draw', 'train model mistakes', 'compare train'])),
        withExperiment((e) => e.choose(pick(presets), small)),
        withExperiment((e) => e.stepOnce()),
        withExperiment((e) => e.undo()),
        withExperiment((e) => e.test()),
        withExperiment((e) => e.nextTestDigit(random(100))),
        withExperiment((e) => e.build(e.layers.slice(random(2)))),
        withExperiment((e) => e.set({ seed: random(5), ...small })),
        ...Array.from(
          { length: 8 },
          (): Act => (lab) => {
            if (lab.shadowRoot) pick(buttons(lab.shadowRoot))?.click();
          },
        ),
      ];
      for (let i = 0; i < actions; i++) {
        pick(acts)(pick(labs));
        for (const dialog of document.querySelectorAll('dialog[open]'))
          (dialog as HTMLDialogElement).close();
        if (random(3) === 0) await new Promise((next) => setTimeout(next, random(20)));
      }
      place.append(first, second);
      for (const lab of labs) (await lab.load()).reset();
      await new Promise((rest) => setTimeout(rest, 500));
    },
    { seed, actions },
  );
}
