// The model as Keras code in a course page: in the element, and at an address.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type CoursePage, coursePage, script } from '../../support/course_page.ts';
import { LabSite, look } from '../../support/lab_site.ts';

let site: LabSite;
let course: CoursePage;

beforeAll(async () => {
  site = await LabSite.open();
});
afterAll(() => site?.close());
afterEach(() => course.page.context().close());

const code = (units: number, fit = 'epochs=3, batch_size=50') => `
    import keras
    from keras.layers import Dense, Flatten

    (x, y), _ = keras.datasets.mnist.load_data()
    model = keras.Sequential([keras.Input((28, 28)), Flatten(), Dense(${units}, activation="relu"), Dense(10)])
    model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    model.fit(x / 255, y, ${fit})
`;
const notebook = (text: string) =>
  JSON.stringify({ nbformat: 4, metadata: {}, cells: [{ cell_type: 'code', source: [text] }] });
const plain = (text: string) => text.replaceAll('\n    ', '\n');

async function open(tag: string, files: Record<string, string> = {}) {
  const all = Object.entries(files).map(([name, text]) => [`${site.server.url}${name}`, text]);
  course = await coursePage(site, `${script(site)}${tag}`, { files: Object.fromEntries(all) });
  await course.page.waitForFunction(() => customElements.get('ziffer-draw') !== undefined);
  return course.page;
}

/** The widths of the Dense layers, once they are these. */
const widths = (...units: number[]) =>
  course.page.waitForFunction((wanted) => {
    const { layers } = document.querySelector('ziffer-lab')!.experiment;
    const found = layers.map(({ config }) => (config as { units?: number }).units);
    return found.filter(Boolean).join() === wanted.join();
  }, units);

it('the text of a script in the element is the model, also when it changes; it is never run', async () => {
  const tag = `<ziffer-lab seed="7" epochs="2"><script type="text/x-keras">${code(12)}</script></ziffer-lab>`;
  const page = await open(tag);
  await widths(12, 10);
  expect(await look(page, (e) => e.settings)).toMatchObject({
    ...{ optimizer: 'sgd', batchSize: 50, seed: 7, epochs: 2, patience: null },
  });
  expect(await look(page, (e) => e.loss)).toMatchObject({ fromLogits: true });
  const lab = page.locator('ziffer-lab');
  expect(await lab.getAttribute('layers')).toBeNull();
  await lab.evaluate((element, text) => {
    element.querySelector('script')!.textContent = text;
  }, code(18));
  await widths(18, 10);
  await lab.evaluate((element) => element.querySelector('script')!.remove());
  await page.waitForFunction(
    () => document.querySelector('ziffer-lab')!.experiment.modelName === 'simple-cnn',
  );
  await lab.evaluate((element, text) => {
    const late = Object.assign(document.createElement('script'), { type: 'text/x-keras', text });
    element.append(late);
  }, code(20));
  await widths(20, 10);
  expect(course.complaints).toEqual([]);
});

it('src opens scripts and notebooks; what is not understood is said with its line, and code can be pasted', async () => {
  const page = await open('<ziffer-lab src="homework.ipynb"></ziffer-lab>', {
    'course/homework.ipynb': notebook(plain(code(12))),
    'course/other.py': plain(code(18, 'epochs=4')),
    'course/odd.py': plain(code(18)).replace('Flatten(),', 'Flatten(), keras.layers.Lambda(abs),'),
  });
  await widths(12, 10);
  const lab = page.locator('ziffer-lab');
  expect(await lab.getAttribute('src')).toBe('homework.ipynb');
  expect(await look(page, (e) => e.settings.epochs)).toBe(3);
  await lab.evaluate((element) => element.setAttribute('src', 'other.py'));
  await widths(18, 10);
  expect(await look(page, (e) => e.settings.epochs)).toBe(4);
  await lab.evaluate((element) => element.setAttribute('src', 'odd.py'));
  await page
    .getByRole('alert')
    .filter({ hasText: /line 6.*Lambda/ })
    .first()
    .waitFor();
  await lab.evaluate(
    (element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const how = { clipboardData, bubbles: true, composed: true, cancelable: true };
      element
        .shadowRoot!.querySelector('ziffer-model')!
        .dispatchEvent(new ClipboardEvent('paste', how));
    },
    plain(code(24)),
  );
  await widths(24, 10);
});

it('embed.html takes code at an address', async () => {
  course = await coursePage(site, '', {
    at: `${site.server.url}embed.html?src=course/homework.py`,
    served: true,
    files: { [`${site.server.url}course/homework.py`]: plain(code(12)) },
  });
  await course.page.waitForFunction(() => customElements.get('ziffer-draw') !== undefined);
  await widths(12, 10);
});
