// What the tests do inside a page. Each function travels as text, so it sees nothing but its argument and the page.
import type { StrokePoint } from '../../web/api/index.ts';

/** Trains with the element on the page; the bytes of its weights, in base64. */
export async function trainElement(): Promise<string> {
  await customElements.whenDefined('ziffer-lab');
  const lab = document.querySelector('ziffer-lab')!;
  await new Promise((done, failed) => {
    lab.addEventListener('ziffer-trained', done, { once: true });
    lab.addEventListener('ziffer-error', ({ detail }) =>
      failed(new Error(`${detail.code}: ${detail.message}`)),
    );
    lab.start();
  });
  const weights = new Uint8Array((await lab.experiment.model!.weights()).buffer);
  let text = '';
  for (const byte of weights) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The same with the API, on a page where `ziffer` is what the module exports. */
export async function trainWithApi(images: number): Promise<string> {
  while (!('ziffer' in window)) await new Promise((again) => setTimeout(again, 20));
  const { train } = await ziffer.loadMnist({ trainCount: images });
  const model = ziffer.presets['simple-cnn'](42);
  await model.fit(train, { batchSize: 200, epochs: 1, validationSplit: 0.5 });
  const weights = new Uint8Array((await model.weights()).buffer);
  let text = '';
  for (const byte of weights) text += String.fromCharCode(byte);
  Object.assign(window, { model });
  return btoa(text);
}

/** Waits for the lab's panels, as being seen does. */
export async function loadElement(): Promise<void> {
  await customElements.whenDefined('ziffer-lab');
  const lab = document.querySelector('ziffer-lab')!;
  await lab.load();
}

/** Puts strokes on the pad of the lab. */
export async function drawOnElement(strokes: readonly (readonly StrokePoint[])[]): Promise<void> {
  document.querySelector('ziffer-lab')!.draw(strokes);
}

/** The digit that the lab shows as read from its pad: `wanted` as soon as it does, another one only after ten seconds, since
 * it reads while one draws. */
export async function readingShown(wanted: number): Promise<number> {
  const inside = (root: ParentNode, selector: string): Element | null => {
    const found = root.querySelector(selector);
    if (found) return found;
    for (const element of root.querySelectorAll('*')) {
      const deeper = element.shadowRoot && inside(element.shadowRoot, selector);
      if (deeper) return deeper;
    }
    return null;
  };
  const end = performance.now() + 10_000;
  for (;;) {
    const digit = /\d/.exec(inside(document, '[part~="verdict"]')?.textContent ?? '')?.[0];
    if (digit && (Number(digit) === wanted || performance.now() > end)) return Number(digit);
    await new Promise((again) => setTimeout(again, 20));
  }
}

/** The digit as which the model of `trainWithApi` reads strokes. */
export async function drawWithApi(strokes: readonly (readonly StrokePoint[])[]): Promise<number> {
  const { model } = window as unknown as { model: import('../../web/ziffer.ts').Sequential };
  const { image } = await ziffer.normalizeStrokes(strokes);
  const probabilities = await model.predict(image);
  return probabilities.indexOf(Math.max(...probabilities));
}

/** Where the pad is in the window. */
export async function padOnScreen(): Promise<{ x: number; y: number; size: number }> {
  const inside = (root: ParentNode): Element | null => {
    const found = root.querySelector('[part="pad"]');
    if (found) return found;
    for (const element of root.querySelectorAll('*')) {
      const deeper = element.shadowRoot && inside(element.shadowRoot);
      if (deeper) return deeper;
    }
    return null;
  };
  let pad = inside(document);
  for (; !pad; pad = inside(document)) await new Promise((again) => setTimeout(again, 20));
  pad.scrollIntoView({ block: 'center' });
  // Until nothing moves any more.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const { x, y, width } = pad.getBoundingClientRect();
  return { x, y, size: width };
}

/** Until the page could be opened without a connection. */
export async function keptForOffline(): Promise<void> {
  await navigator.serviceWorker.ready;
}
