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

/** One training of the lecture's simple CNN, so that every page computes the same. */
export const TRAINING = { preset: 'simple-cnn', seed: '42', epochs: '1', panels: 'draw train' };
const attributes = Object.entries(TRAINING)
  .map(([name, value]) => `${name}="${value}"`)
  .join(' ');

const page = (body: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Lecture 3</title>
<h1>Lecture 3: reading digits</h1>
${body}
`;

/** The element, with the script from `from`. */
export const elementPage = (from = 'ziffer/') =>
  page(`<script type="module" src="${from}ziffer.js"></script>
<ziffer-lab ${attributes}></ziffer-lab>`);

export const frameUrl = `ziffer/embed.html?${new URLSearchParams(TRAINING)}`;

export const framePage = (url: string, sandbox = '') =>
  page(`<iframe src="${url}" ${sandbox} width="1200" height="800" style="border:0"></iframe>`);

/** A page of its author's own, on the API alone; `module` is where the package is. */
export const packagePage = (module: string) =>
  page(`<script type="importmap">{ "imports": { "ziffer": "${module}" } }</script>
<script type="module">import * as ziffer from 'ziffer'; window.ziffer = ziffer;</script>`);
