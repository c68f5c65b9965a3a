// What every test file of the lab needs: a browser of its own, a visitor for each test, and that nothing is complained of.
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Settings } from '../../web/elements/plan/settings.ts';
import { button, type Lab, LabSite } from './lab_site.ts';

export interface Visits {
  readonly site: LabSite;
  /** A fresh visitor's page with the lab on it; it is closed after the test. */
  visit: LabSite['visit'];
}

/** Called once at the top of a test file. */
export function visits(): Visits {
  let site: LabSite;
  let labs: Lab[] = [];
  beforeAll(async () => {
    site = await LabSite.open();
  });
  afterAll(() => site?.close());
  afterEach(async () => {
    const complaints = labs.flatMap((lab) => lab.complaints);
    await Promise.all(labs.map((lab) => lab.page.context().close()));
    labs = [];
    expect(complaints).toEqual([]);
  });
  return {
    get site() {
      return site;
    },
    async visit(...how) {
      const lab = await site.visit(...how);
      labs.push(lab);
      return lab;
    },
  };
}

/** A training to its end, with the element's own settings and method; short unless told otherwise. */
export async function train(page: Page, settings: Partial<Settings> = {}): Promise<void> {
  await page.evaluate(
    (settings) => {
      const element = document.querySelector('ziffer-lab')!;
      element.settings = { ...element.settings, ...settings };
      element.start();
    },
    { epochs: 1, trainCount: 1000, ...settings },
  );
  await button(page, 'Train again').waitFor({ timeout: 120_000 });
}
