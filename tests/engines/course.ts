// Course pages as lecturers write them, on servers as universities have them. Each site is a folder with some pages and the built
// Ziffer in `ziffer/`, on an origin of its own.
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serve } from '../../scripts/serve.mjs';

type Server = Awaited<ReturnType<typeof serve>>;
type Options = Parameters<typeof serve>[1];

export class Course {
  readonly #closing: (() => Promise<void>)[] = [];

  /** Serves pages, given by name; the address ends with a slash. */
  async site(pages: Readonly<Record<string, string>>, options: Options = {}): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'ziffer-course-'));
    symlinkSync(resolve('dist'), join(folder, 'ziffer'));
    for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text);
    const server = await serve(folder, options);
    this.#closing.push(async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    });
    return server;
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
  }
}

/** One training of the lecture's simple CNN on the first so many images, as attributes. */
export const training = (images: number) => ({
  preset: 'simple-cnn',
  seed: '42',
  epochs: '1',
  'train-count': String(images),
  panels: 'draw train',
});

export const coursePage = (body: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Lecture 3</title>
<h1>Lecture 3: reading digits</h1>
${body}
`;

/** The element, with the script from `from`. */
export function elementPage(images: number, from = 'ziffer/'): string {
  const attributes = Object.entries(training(images)).map(([name, value]) => `${name}="${value}"`);
  return coursePage(`<script type="module" src="${from}ziffer-lab.js"></script>
<ziffer-lab ${attributes.join(' ')}></ziffer-lab>`);
}

export const frameUrl = (images: number) =>
  `ziffer/embed.html?${new URLSearchParams(training(images))}`;

export const framePage = (url: string, sandbox = '') =>
  coursePage(
    `<iframe src="${url}" ${sandbox} width="1200" height="800" style="border:0"></iframe>`,
  );

/** A page of its author's own, on the API alone; `module` is where the package is. */
export const packagePage = (module: string) =>
  coursePage(`<script type="importmap">{ "imports": { "ziffer": "${module}" } }</script>
<script type="module">import * as ziffer from 'ziffer'; window.ziffer = ziffer;</script>`);
