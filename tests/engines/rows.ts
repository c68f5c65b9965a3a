// Where course pages live: each row is a way to put Ziffer into one.
import { POLICY } from '../browser/policy.ts';
import { type Course, elementPage, framePage, frameUrl, packagePage, TRAINING } from './course.ts';

export interface Row {
  readonly name: string;
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

const anyOrigin = { 'Access-Control-Allow-Origin': '*' };
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

async function element(course: Course, options: Parameters<Course['site']>[1] = {}) {
  const { url } = await course.site({ 'index.html': elementPage() }, options);
  return { url, depth: 0, uses: 'element' } as const;
}

export const rows: readonly Row[] = [
  { name: 'element', open: (course) => element(course) },
  {
    name: 'iframe',
    async open(course) {
      const { url } = await course.site({ 'index.html': framePage(frameUrl) });
      return { url, depth: 1, uses: 'element' };
    },
  },
  {
    name: 'package',
    async open(course) {
      const { url } = await course.site({ 'index.html': packagePage('./ziffer/ziffer.js') });
      return { url, depth: 0, uses: 'api' };
    },
  },
  {
    name: 'sandboxed iframe, storage denied',
    async open(course) {
      const pages = { 'index.html': framePage(frameUrl, 'sandbox="allow-scripts"') };
      const { url } = await course.site(pages, { headers: anyOrigin });
      return { url, depth: 1, uses: 'element' };
    },
  },
  {
    name: 'strict policy',
    open: (course) => element(course, { headers: { 'Content-Security-Policy': POLICY } }),
  },
  {
    name: 'cross-origin iframe, script from a third origin',
    async open(course) {
      const cdn = await course.site({}, { headers: anyOrigin });
      const lecture = await course.site({ 'index.html': elementPage(`${cdn.url}ziffer/`) });
      const { url } = await course.site({ 'index.html': framePage(lecture.url) });
      return { url, depth: 1, uses: 'element' };
    },
  },
  {
    name: 'page with COOP and COEP',
    open: (course) => element(course, { headers: isolated }),
  },
  {
    name: 'deep path',
    open: (course) => element(course, { prefix: '/2012/courses/~mueller/ml intro/' }),
  },
  {
    name: 'wrong MIME type of wasm',
    open: (course) => element(course, { wasmType: 'text/plain' }),
  },
  {
    name: 'offline after the first visit',
    async open(course) {
      const server = await course.site({});
      const { panels, ...settings } = TRAINING;
      const url = `${server.url}ziffer/index.html#${new URLSearchParams(settings)}`;
      return { url, depth: 0, uses: 'element', leave: server.close };
    },
  },
];
