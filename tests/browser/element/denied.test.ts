// A frame in a page of another origin that is allowed little: what it cannot copy or save it says, and its parent hears no texts.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type CoursePage, coursePage } from '../../support/course_page.ts';
import { LabSite } from '../../support/lab_site.ts';
import { OtherOrigin } from '../../support/other_origin.ts';

let site: LabSite;
let other: OtherOrigin;
let course: CoursePage;

beforeAll(async () => {
  site = await LabSite.open();
  other = await OtherOrigin.open();
});
afterAll(async () => {
  await site?.close();
  await other?.close();
});
afterEach(() => course.page.context().close());

/** A page of another origin with the frame; `heard` is what it is told. */
async function framed(query: string, attributes = '') {
  const at = await other.page(
    `<!doctype html><html lang="en"><title>Course</title>
    <script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data));</script>
    <iframe src="${site.server.url}embed.html?${query}" title="Ziffer" width="1000" height="1400" ${attributes}></iframe>`,
  );
  course = await coursePage(site, '', { at, served: true });
  return { page: course.page, lab: course.page.frameLocator('iframe') };
}

it('where the clipboard is refused the text is selected, and a sentence says which keys copy it', async () => {
  const { page, lab } = await framed('panels=model');
  await lab.getByRole('button', { name: 'summary' }).click();
  const dialog = lab.getByRole('dialog');
  // Chromium's old command needs no permission, as long as it is there.
  const frame = page.frames()[1]!;
  await frame.evaluate(() => {
    document.execCommand = () => false;
  });
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await dialog.getByText('press Ctrl+C, or ⌘C on a Mac').waitFor();
  expect(await dialog.getByRole('button', { name: 'Copied' }).count()).toBe(0);
  expect(await frame.evaluate(() => String(getSelection()))).toContain('Total params');
});

it('where downloads are forbidden the file is offered as a link, beside the lab in a tab of its own', async () => {
  const { lab } = await framed(
    'panels=draw+files&loading=eager',
    'sandbox="allow-scripts allow-same-origin"',
  );
  await lab.getByRole('button', { name: 'Keras (.keras)' }).click();
  const dialog = lab.getByRole('dialog', { name: 'mnist_keras_model.keras' });
  const link = dialog.getByRole('link', { name: 'mnist_keras_model.keras' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toMatch(/^blob:/);
  expect(await link.getAttribute('download')).toBe('mnist_keras_model.keras');
  expect(await dialog.getByRole('link').last().getAttribute('href')).toContain('embed.html?panels');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await dialog.waitFor({ state: 'detached' });
});

it('a page that is not named hears the codes of errors without texts, one that is named both', async () => {
  for (const named of [false, true]) {
    const origin = named ? `&origin=${other.origin}` : '';
    const { page } = await framed(`panels=draw&loading=eager&src=missing/model.json${origin}`);
    const error = await page.waitForFunction(() =>
      (window as unknown as { heard: { type: string; detail: object }[] }).heard.find(
        ({ type }) => type === 'ziffer-error',
      ),
    );
    const { detail } = (await error.jsonValue())!;
    if (named) {
      expect(detail).toEqual({
        code: 'data_missing',
        message: expect.stringContaining('missing/model.json'),
      });
      continue;
    }
    expect(detail).toEqual({ code: 'data_missing' });
    await page.context().close();
  }
});
