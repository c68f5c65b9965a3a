// From a goal in a course page to a mark: the goal is told, the passport is saved, checked, forged and collected.
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { passportText, seedOf } from '../../../web/elements/passport/passport.ts';
import { coursePage, script } from '../../support/course_page.ts';
import { button, event, LabSite } from '../../support/lab_site.ts';

let site: LabSite;
/** What Ada hands in. */
let passport = '';

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());

async function audit(page: Page): Promise<string[]> {
  await page.evaluate(await readFile('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document);
    return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
  });
}

const LAB = (goal: string) =>
  `${script(site)}<main><h1>Week 3</h1><ziffer-lab preset="softmax-regression" panels="train" epochs="2" train-count="1000" goal="${goal}"></ziffer-lab></main>`;

it('a goal is shown, judged, told, and proved by a passport with the student’s own seed', async () => {
  const course = await coursePage(
    site,
    LAB('test-accuracy >= 0.3; parameters <= 100; epochs <= 2'),
  );
  const { page } = course;
  await page.getByText('Train the network to see how far it gets.').waitFor();
  await page.getByText('(7,850)').waitFor();
  const told = event(page, 'ziffer-goal');
  await button(page, 'Train').click();
  expect(await told).toMatchObject({ score: 2 / 3, met: false });
  await page.getByText('2 of 3 met').waitFor();

  await button(page, 'Result passport …').press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Result passport' });
  await dialog.getByText('Say who you are first.').waitFor();
  await dialog.getByRole('textbox').fill('Ada');
  await dialog.getByText('another seed than yours').waitFor();
  expect(await audit(page)).toEqual([]);
  const trained = event(page, 'ziffer-trained');
  await page.keyboard.press('Enter');
  await trained;
  expect(await page.locator('ziffer-lab').getAttribute('seed')).toBe(`${seedOf('Ada')}`);
  await button(page, 'Result passport …').click();
  await dialog.getByRole('textbox').fill('Ada');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save the passport' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Ada.ziffer.json');
  passport = await readFile(await download.path(), 'utf8');
  expect(JSON.parse(passport).claim).toMatchObject({ student: 'Ada', parameters: 7850 });
  expect(course.complaints).toEqual([]);
  await page.context().close();
});

it('a goal that cannot be read is told with its reason, and shown as a complaint', async () => {
  const { page } = await coursePage(site, LAB('tset-accuracy >= 0.9'));
  await page.getByText('Not understood, and so not used').waitFor();
  await page.getByText(/one of test-accuracy, .* not “tset-accuracy”/).waitFor();
  expect(await page.getByRole('heading', { name: 'Goal' }).count()).toBe(0);
  await page.context().close();
});

function file(name: string, text: string) {
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) };
}

it('check.html finds a claim true, and one that was forged with its checksum not', async () => {
  const { page } = await coursePage(site, '', { at: `${site.server.url}check.html`, served: true });
  const { claim } = JSON.parse(passport);
  const forged = { ...claim, test: { ...claim.test, accuracy: 0.99, misread: 100 } };
  await page
    .getByLabel('Passports (files)')
    .setInputFiles([
      file('true.json', passport),
      file('forged.json', passportText(forged)),
      file('changed.json', passport.replace('"Ada"', '"Eve"')),
    ]);
  await page.getByText('True: the same to the last bit.').waitFor();
  await page.getByText('Not true. Training gives another: test.').waitFor();
  await page.getByText('Refused: the file was changed after it was saved.').waitFor();
  expect(await audit(page)).toEqual([]);
  await page.context().close();
});

it('collect.html makes a table, a plot, and a CSV as the language’s spreadsheets read it', async () => {
  const at = `${site.server.url}collect.html`;
  const { page } = await coursePage(site, '', { at, served: true, locale: 'de' });
  await page
    .getByLabel('Pässe (Dateien)')
    .setInputFiles([file('a.json', passport), file('b.json', 'no passport')]);
  await page.getByRole('img', { name: 'Testgenauigkeit nach Parametern' }).waitFor();
  expect(await page.getByRole('row').count()).toBe(3);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Als CSV speichern').click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).split('\n');
  expect(lines[0]).toContain('Datei;Name oder Nummer;Punkte;Testgenauigkeit');
  expect(lines[1]).toMatch(/^a\.json;Ada;0,6+\d;0,\d+;\d+;7850;2;/);
  expect(lines[2]).toMatch(/^b\.json;+Das ist kein Ergebnispass\./);
  expect(await audit(page)).toEqual([]);
  await page.context().close();
});
