// What embed.html and the page around it say to each other: `{ type: 'ziffer-epoch', detail }` and so on. Heights, curves and
// predictions are no secrets: without an origin in the query string they go to whoever frames the page, and nobody is listened
// to. With one they go there only, and commands are taken from there only.
import type { LabEventMap, ZifferLabElement } from '../elements/lab/lab_types.ts';
import { attributesFrom } from './query.ts';

const EVENTS: readonly (keyof LabEventMap)[] = [
  'ziffer-ready',
  'ziffer-step',
  'ziffer-epoch',
  'ziffer-trained',
  'ziffer-goal',
  'ziffer-predict',
  'ziffer-digits',
  'ziffer-error',
];

export function isFramed(): boolean {
  return parent !== window;
}

/** The origin that the query string names; '*' where it names none, null where what it names is none. */
export function parentOrigin(query: URLSearchParams): string | null {
  const text = query.get('origin');
  if (text === null) return '*';
  try {
    const { origin, protocol } = new URL(text);
    return /^https?:$/.test(protocol) ? origin : null;
  } catch {
    return null;
  }
}

export function speakWithParent(lab: ZifferLabElement, origin: string | null): void {
  if (origin === null) {
    console.warn('embed.html: origin= expects an origin such as https://course.example.');
    return;
  }
  const tell: Say = (type, detail, more) => parent.postMessage({ type, detail, ...more }, origin);
  for (const name of EVENTS) {
    lab.addEventListener(name, ({ detail }) => tell(name, plain(detail, origin !== '*')));
  }
  tellHeight(tell);
  addEventListener('keydown', (e) => {
    const { key, keyCode, defaultPrevented } = e;
    if (!defaultPrevented && SLIDE_KEYS.includes(key)) tell('ziffer-key', { key, keyCode });
  });
  addEventListener('message', ({ data, source, origin: from }) => {
    if (source === parent && from === origin) obey(lab, data);
  });
}

/** `more`: what the message says besides, for those who know other words. */
type Say = (type: string, detail: unknown, more?: object) => void;

/** Those that turn slides; the lab keeps the ones that it uses itself. */
const SLIDE_KEYS = 'PageUp PageDown ArrowUp ArrowDown ArrowLeft ArrowRight Home End Escape'
  .split(' ')
  .concat(' ');

/** Milliseconds. A page that begins to listen later is told within so much time. */
const AGAIN = 1000;

/**
 * Whenever it changes or somebody asks, and now and then: whoever was not listening has not heard. The same message is the one that
 * learning platforms know (`lti.frameResize`: Canvas, PreTeXt, Doenet, Moodle).
 */
function tellHeight(tell: Say): void {
  const now = () => {
    // A frame in a closed tab has no width, and no height that means anything.
    if (innerWidth === 0) return;
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height > 0) tell('ziffer-height', { height }, { subject: 'lti.frameResize', height });
  };
  new ResizeObserver(now).observe(document.body);
  addEventListener('message', ({ data, source }) => {
    if (source === parent && Object(data).type === 'ziffer-height?') now();
  });
  setInterval(() => !document.hidden && now(), AGAIN);
}

/** An Error would cross without its code. Its text can tell of files that only the visitor may ask for: only a page that is named hears it. */
function plain(detail: unknown, named: boolean): unknown {
  if (!(detail instanceof Error)) return detail;
  const { code } = detail as { code?: unknown };
  return named ? { code, message: detail.message } : { code };
}

type Act = (lab: ZifferLabElement, detail: unknown) => void;

/** What a page that is named may ask for. */
const COMMANDS: Readonly<Record<string, Act>> = {
  'ziffer-start': (lab) => lab.start(),
  'ziffer-train-on': (lab) => lab.trainOn(),
  'ziffer-pause': (lab) => lab.pause(),
  'ziffer-stop': (lab) => lab.stop(),
  'ziffer-reset': (lab) => lab.reset(),
  'ziffer-draw': (lab, strokes) => {
    if (isStrokes(strokes)) lab.draw(strokes);
  },
  'ziffer-set': (lab, attributes) => {
    for (const [name, text] of attributesFrom(words(attributes))) lab.setAttribute(name, text);
  },
};

function obey(lab: ZifferLabElement, message: unknown): void {
  const { type, detail } = Object(message) as { type?: unknown; detail?: unknown };
  if (typeof type === 'string' && Object.hasOwn(COMMANDS, type)) COMMANDS[type]?.(lab, detail);
}

function words(detail: unknown): [string, string][] {
  return Object.entries(Object(detail)).map(([name, value]) => [name, String(value)]);
}

function isStrokes(detail: unknown): detail is [number, number][][] {
  const isPoint = (point: unknown) =>
    Array.isArray(point) && point.length >= 2 && point.every((n) => Number.isFinite(n));
  return (
    Array.isArray(detail) &&
    detail.every((stroke) => Array.isArray(stroke) && stroke.every(isPoint))
  );
}
