// What differs between browsers in how a lab behaves: pointers that are lost, files that are damaged, keys of slides, frames without
// scripts. One page in each engine; nothing is trained to its end.
import { afterAll, describe, expect, it } from 'vitest';
import { Course, coursePage } from './course.ts';
import { type Engine, inPage } from './drive/engine.ts';
import { ENGINES } from './drive/engines.ts';
import { loadElement, padOnScreen } from './in_page.ts';

const PAGE = coursePage(`<script type="module" src="ziffer/ziffer-lab.js"></script>
<script type="module">import * as ziffer from './ziffer/ziffer.js'; window.ziffer = ziffer;</script>
<ziffer-lab panels="draw train" preset="softmax-regression" loading="eager"></ziffer-lab>
<iframe sandbox="" src="ziffer/embed.html" title="Ziffer" width="600" height="200"></iframe>`);

/** Pointers come and are taken away; how many strokes there are after each, and of how many points the last is. */
async function losePointers(): Promise<[string, number, number][]> {
  const { experiment } = document.querySelector('ziffer-lab')!;
  const inside = (root: ParentNode): HTMLElement | null => {
    for (const element of root.querySelectorAll('*')) {
      const pad = element.shadowRoot?.querySelector('[part="pad"]') as HTMLElement | null;
      const found = pad ?? (element.shadowRoot && inside(element.shadowRoot));
      if (found) return found;
    }
    return null;
  };
  const pad = inside(document)!;
  const { left, top } = pad.getBoundingClientRect();
  const send = (type: string, pointerType: string, id: number, x: number, more: object = {}) =>
    pad.dispatchEvent(
      new PointerEvent(type, {
        ...{ pointerType, pointerId: id, isPrimary: true, bubbles: true, composed: true },
        ...{ button: type === 'pointermove' ? -1 : 0, buttons: type === 'pointerup' ? 0 : 1 },
        ...{ clientX: left + x, clientY: top + x, width: 20, height: 20, ...more },
      }),
    );
  const out: [string, number, number][] = [];
  const note = (what: string) => {
    const { strokes } = experiment.digit;
    out.push([what, strokes.length, strokes.at(-1)?.length ?? 0]);
  };
  const line = (type: string, id: number) => {
    send('pointerdown', type, id, 50);
    send('pointermove', type, id, 80);
    send('pointermove', type, id, 110);
  };
  line('pen', 11);
  send('pointerdown', 'touch', 12, 200, { width: 120, height: 120 });
  send('pointercancel', 'touch', 12, 200);
  note('a palm beside the pen');
  send('pointermove', 'pen', 11, 140);
  send('pointercancel', 'pen', 11, 140);
  note('the pen is cancelled');
  line('mouse', 1);
  // Its end came to nobody; it moves on without a button.
  send('pointermove', 'mouse', 1, 150, { buttons: 0 });
  send('pointermove', 'mouse', 1, 170, { buttons: 0 });
  note('the end of a mouse’s stroke is lost');
  send('pointerdown', 'touch', 13, 50, { width: 120, height: 120 });
  send('pointermove', 'touch', 13, 150, { width: 120, height: 120 });
  note('a hand alone');
  experiment.digit.clear();
  return out;
}

/** What is said of damaged files, and that good ones are read after them. */
async function readDamaged(): Promise<Record<string, unknown>> {
  while (!('ziffer' in window)) await new Promise((again) => setTimeout(again, 20));
  const code = (call: Promise<unknown>) =>
    call.then(
      () => 'read',
      (error) => error.code,
    );
  const model = ziffer.presets['softmax-regression']();
  const h5 = new Uint8Array(await (await model.save('h5')).arrayBuffer());
  const cut = h5.slice(0, h5.length / 2);
  const spoilt = h5.slice();
  for (let i = 96; i < 1500; i++) spoilt[i] = (spoilt[i + 1]! ^ 0x5a) & 255;
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
  const pen = canvas.getContext('2d')!;
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, 64, 64);
  pen.fillStyle = 'black';
  pen.fillRect(28, 10, 8, 44);
  const png = await new Promise<Blob>((done) => canvas.toBlob((blob) => done(blob!)));
  const bytes = new Uint8Array(await png.arrayBuffer());
  const out = {
    cut: await code(ziffer.loadModel(new File([cut], 'cut.h5'))),
    spoilt: await code(ziffer.loadModel(new File([spoilt], 'spoilt.h5'))),
    whole: await code(ziffer.loadModel(new File([h5], 'whole.h5'))),
    cutPicture: await code(ziffer.normalizePicture(new Blob([bytes.slice(0, 60)]))),
    noPicture: await code(ziffer.normalizePicture(new Blob(['no picture']))),
    picture: await code(ziffer.normalizePicture(png)),
  };
  model.dispose();
  return out;
}

/** From here on the page notes the keys that come to it, as slides do. */
async function listenForKeys(): Promise<{ x: number; y: number }> {
  Object.assign(window, { keys: [] });
  const { keys } = window as unknown as { keys: string[] };
  document.addEventListener('keydown', (e) => void (e.defaultPrevented || keys.push(e.key)));
  const find = (root: ParentNode): HTMLElement | null => {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      if (element.matches('button.primary') && element.textContent!.trim() === 'Train')
        return element;
      const found = element.shadowRoot && find(element.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  let train = find(document);
  for (; !train?.clientWidth; train = find(document)) await new Promise((f) => setTimeout(f, 50));
  train.scrollIntoView({ block: 'center' });
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { x, y, width, height } = train.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

const keysHeard = async () => (window as unknown as { keys: string[] }).keys;
const busy = async () => {
  const { experiment } = document.querySelector('ziffer-lab')!;
  const was = experiment.busy;
  document.querySelector('ziffer-lab')!.stop();
  return was;
};
const sentences = async () => document.body.innerText;

describe.each(ENGINES)('$name', ({ name, missing, start }) => {
  const course = new Course();
  let engine: Engine | null = null;
  afterAll(async () => {
    await engine?.close();
    await course.close();
  });

  it('keeps strokes whose pointer is lost, refuses damaged files, lets slides turn, and says what a frame without scripts is', async ({
    skip,
  }) => {
    if (missing()) return skip(missing()!);
    engine = await start();
    const { url } = await course.site({ 'index.html': PAGE });
    await engine.goto(url);
    await inPage(engine, 0, loadElement, null);
    await inPage(engine, 0, padOnScreen, null);
    expect(await inPage(engine, 0, losePointers, null)).toEqual([
      ['a palm beside the pen', 1, 3],
      ['the pen is cancelled', 1, 4],
      ['the end of a mouse’s stroke is lost', 2, 3],
      ['a hand alone', 2, 3],
    ]);
    expect(await inPage(engine, 0, readDamaged, null)).toEqual({
      cut: 'invalid_model',
      spoilt: 'invalid_model',
      whole: 'read',
      cutPicture: 'picture_invalid',
      noPicture: 'picture_unsupported',
      picture: 'read',
    });
    const { x, y } = await inPage(engine, 0, listenForKeys, null);
    await engine.drag([[x, y]]);
    await engine.press('PageDown');
    expect(await inPage(engine, 0, keysHeard, null), name).toEqual(['PageDown']);
    expect(await inPage(engine, 0, busy, null)).toBe(true);
    expect(await inPage(engine, 1, sentences, null)).toContain('It needs JavaScript');
  });
});
