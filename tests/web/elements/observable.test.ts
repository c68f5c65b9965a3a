// Who looks at what changes: told once a frame, each on its own, and only while in the page.
import type { ReactiveControllerHost } from 'lit';
import { afterEach, expect, it, vi } from 'vitest';
import { Observable } from '../../../web/elements/observable/observable.ts';
import { Observe } from '../../../web/elements/observable/observe.ts';

afterEach(() => vi.unstubAllGlobals());

const frame = () => new Promise((done) => setTimeout(done, 40));

/** An observable that counts its listeners. */
class Counted extends Observable {
  listeners = 0;
  override subscribe(listener: () => void): () => void {
    this.listeners++;
    const end = super.subscribe(listener);
    return () => {
      this.listeners--;
      end();
    };
  }
}

function host() {
  const requestUpdate = vi.fn();
  return { addController() {}, requestUpdate } as unknown as ReactiveControllerHost & {
    requestUpdate: ReturnType<typeof vi.fn>;
  };
}

it('a listener that throws is reported, and the others hear all the same', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const subject = new Observable();
  const heard = vi.fn();
  subject.subscribe(() => {
    throw new Error('mine alone');
  });
  subject.subscribe(heard);
  for (let times = 1; times <= 2; times++) {
    subject.changed();
    await frame();
    expect(heard).toHaveBeenCalledTimes(times);
    expect(reported).toHaveBeenCalledTimes(times);
  }
});

it('an element that has left is told nothing, also when it is updated once more', async () => {
  const subject = new Counted();
  const element = host();
  const observe = new Observe(element, () => subject);
  observe.hostConnected();
  observe.hostUpdate();
  expect(subject.listeners).toBe(1);
  observe.hostDisconnected();
  observe.hostUpdate();
  expect(subject.listeners).toBe(0);
  element.requestUpdate.mockClear();
  subject.changed();
  await frame();
  expect(element.requestUpdate).not.toHaveBeenCalled();
  // Back in the page it shows what has changed meanwhile.
  observe.hostConnected();
  expect(element.requestUpdate).toHaveBeenCalled();
  expect(subject.listeners).toBe(1);
});

it('an element follows the subject that it has now', () => {
  const [first, second] = [new Counted(), new Counted()];
  let subject: Counted | undefined;
  const observe = new Observe(host(), () => subject);
  observe.hostConnected();
  for (subject of [first, second]) observe.hostUpdate();
  expect([first.listeners, second.listeners]).toEqual([0, 1]);
});
