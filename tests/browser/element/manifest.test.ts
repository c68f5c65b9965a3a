// custom-elements.json and docs/EMBEDDING.md against the element: they name all that it has, and nothing that it has not.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CoursePage, coursePage, script } from '../../support/course_page.ts';
import { LabSite } from '../../support/lab_site.ts';

interface Named {
  readonly name: string;
}

let site: LabSite;
let course: CoursePage;
let manifest: Record<
  'attributes' | 'members' | 'events' | 'slots' | 'cssParts' | 'cssProperties',
  (Named & { readonly kind?: string })[]
>;

beforeAll(async () => {
  manifest = JSON.parse(await readFile('dist/custom-elements.json', 'utf8')).modules[0]
    .declarations[0];
  site = await LabSite.open();
  const all = 'bar draw train model mistakes inside explain compare digits files';
  const tag = `<ziffer-lab panels="${all}" task="T" poster="../icon.svg"></ziffer-lab>`;
  course = await coursePage(site, script(site) + tag);
});
afterAll(() => site?.close());

const names = (of: readonly Named[]) => of.map(({ name }) => name).sort();

/** Everything in the element's shadow roots, to any depth. */
function everything(): { parts: string[]; slots: string[] } {
  const parts = new Set<string>();
  const slots = new Set<string>();
  const walk = (root: ParentNode) => {
    for (const e of root.querySelectorAll('*')) {
      for (const part of e.part) parts.add(part);
      if (e.localName === 'slot') slots.add(e.getAttribute('name') ?? '');
      if (e.shadowRoot) walk(e.shadowRoot);
    }
  };
  const own = document.querySelector('ziffer-lab')!.shadowRoot!;
  walk(own);
  return { parts: [...parts], slots: [...slots] };
}

it('attributes, properties and methods', async () => {
  const seen = await course.page.evaluate(() => {
    const lab = document.querySelector('ziffer-lab')!;
    const kind = customElements.get('ziffer-lab') as unknown as { observedAttributes: string[] };
    const prototypes = [];
    for (
      let p = Object.getPrototypeOf(lab);
      p !== HTMLElement.prototype;
      p = Object.getPrototypeOf(p)
    ) {
      prototypes.push(...Object.getOwnPropertyNames(p));
    }
    return { observed: kind.observedAttributes, prototypes };
  });
  expect(names(manifest.attributes)).toEqual([...seen.observed].sort());
  for (const { name } of manifest.members) expect(seen.prototypes, name).toContain(name);
});

it('parts and slots', async () => {
  const { page } = course;
  const asleep = await page.evaluate(everything);
  await page.evaluate(() => document.querySelector('ziffer-lab')!.load());
  await page.getByRole('button', { name: 'Train', exact: true }).waitFor();
  await page.setViewportSize({ width: 400, height: 900 });
  const awake = await page.evaluate(everything);
  const parts = new Set([...asleep.parts, ...awake.parts]);
  const slots = new Set([...asleep.slots, ...awake.slots]);
  // What is only there when something went wrong, or after a training.
  const rare = ['notice', 'test-accuracy'];
  for (const { name } of manifest.cssParts) {
    if (!rare.includes(name)) expect([...parts], name).toContain(name);
  }
  expect(names(manifest.slots)).toEqual([...slots].sort());
});

it('custom properties', async () => {
  const styles = await course.page.evaluate(() =>
    document
      .querySelector('ziffer-lab')!
      .shadowRoot!.adoptedStyleSheets.flatMap((s) => [...s.cssRules])
      .map((rule) => rule.cssText)
      .join('\n'),
  );
  const used = new Set(styles.match(/--ziffer-[a-z-]+/g));
  expect(names(manifest.cssProperties)).toEqual([...used].sort());
});

it('the documentation names everything', async () => {
  const docs = await readFile('docs/EMBEDDING.md', 'utf8');
  for (const { name } of [...manifest.attributes, ...manifest.events, ...manifest.cssParts]) {
    expect(docs, name).toContain(`\`${name}`);
  }
  for (const { name } of manifest.cssProperties) {
    expect(docs, name).toContain(
      `\`${name === '--ziffer-paper' ? name : name.replace('--ziffer', '')}\``,
    );
  }
  for (const { name } of manifest.members.filter(({ kind }) => kind === 'method')) {
    expect(docs, name).toContain(`\`${name}(`);
  }
});
