// Where course pages live: each row is a way to put Ziffer into one.
import { POLICY } from '../support/policy.ts';
import { type Course, elementPage, framePage, frameUrl, packagePage, training } from './course.ts';

export interface Row {
  readonly name: string;
  /** How many of MNIST's images it trains and validates with. */
  readonly images: number;
  /** Makes the sites and says which page to open. */
  open(course: Course): Promise<Place>;
}

export interface Place {
  readonly url: string;
  /** How many frames deep Ziffer is. */
  readonly depth: number;
  /** What the page uses of it. */
  readonly uses: 'element' | 'api';
  /** Called after the first visit, before a second one on which the training is done. */
  readonly leave?: () => Promise<void>;
}

const ALL = 60_000;
const SOME = 10_000;

const anyOrigin = { 'Access-Control-Allow-Origin': '*' };
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

async function element(course: Course, options: Parameters<Course['site']>[1] = {}) {
  const { url } = await course.site({ 'index.html': elementPage(SOME) }, options);
  return { url, depth: 0, uses: 'element' } as const;
}

export const rows: readonly Row[] = [
  {
    name: 'element',
    images: ALL,
    async open(course) {
      const { url } = await course.site({ 'index.html': elementPage(ALL) });
      return { url, depth: 0, uses: 'element' };
    },
  },
  {
    name: 'iframe',
    images: ALL,
    async open(course) {
      const { url } = await course.site({ 'index.html': framePage(frameUrl(ALL)) });
      return { url, depth: 1, uses: 'element' };
    },
  },
  {
    name: 'package',
    images: ALL,
    async open(course) {
      const { url } = await course.site({ 'index.html': packagePage('./ziffer/ziffer.js') });
      return { url, depth: 0, uses: 'api' };
    },
  },
  {
    name: 'sandboxed iframe, storage denied',
    images: SOME,
    async open(course) {
      const pages = { 'index.html': framePage(frameUrl(SOME), 'sandbox="allow-scripts"') };
      const { url } = await course.site(pages, { headers: anyOrigin });
      return { url, depth: 1, uses: 'element' };
    },
  },
  {
    name: 'strict policy',
    images: SOME,
    open: (course) => element(course, { headers: { 'Content-Security-Policy': POLICY } }),
  },
  {
    name: 'cross-origin iframe, script from a third origin',
    images: SOME,
    async open(course) {
      const cdn = await course.site({}, { headers: anyOrigin });
      const lecture = await course.site({ 'index.html': elementPage(SOME, `${cdn.url}ziffer/`) });
      const { url } = await course.site({ 'index.html': framePage(lecture.url) });
      return { url, depth: 1, uses: 'element' };
    },
  },
  {
    name: 'page with COOP and COEP',
    images: SOME,
    open: (course) => element(course, { headers: isolated }),
  },
  {
    name: 'deep path',
    images: SOME,
    open: (course) => element(course, { prefix: '/2012/courses/~mueller/ml intro/' }),
  },
  {
    name: 'wrong MIME type of wasm',
    images: SOME,
    open: (course) => element(course, { wasmType: 'text/plain' }),
  },
  {
    name: 'offline after the first visit',
    images: SOME,
    async open(course) {
      const server = await course.site({});
      const { panels, ...settings } = training(SOME);
      const url = `${server.url}ziffer/index.html#${new URLSearchParams(settings)}`;
      return { url, depth: 0, uses: 'element', leave: server.close };
    },
  },
];
