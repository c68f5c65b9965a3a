// Which pointer draws on the pad, told by events alone: no browser is needed.
import { describe, expect, it } from 'vitest';
import { type Contact, PadPointers } from '../../../web/elements/draw/pad_pointers.ts';

/** A pad whose strokes are lists of x positions. */
function pad() {
  const strokes: number[][] = [];
  const pointers = new PadPointers<Contact>({
    begin: (e) => void strokes.push([e.clientX]),
    extend: (e) => void strokes.at(-1)?.push(e.clientX),
    drop: () => void strokes.pop(),
  });
  let now = 0;
  const tick = () => {
    now += 10;
    return now;
  };
  const event = (pointerType: string, pointerId: number, x: number, more: Partial<Contact>) => ({
    pointerType,
    pointerId,
    isPrimary: true,
    button: 0,
    buttons: 1,
    width: pointerType === 'touch' ? 40 : 1,
    height: pointerType === 'touch' ? 40 : 1,
    clientX: x,
    clientY: 0,
    timeStamp: tick(),
    ...more,
  });
  return {
    strokes,
    pointers,
    wait: (ms: number) => {
      now += ms;
    },
    down: (type: string, id: number, x: number, more: Partial<Contact> = {}) =>
      pointers.down(event(type, id, x, more)),
    move: (type: string, id: number, x: number, more: Partial<Contact> = {}) =>
      pointers.move(event(type, id, x, { button: -1, ...more })),
    up: (type: string, id: number, more: Partial<Contact> = {}) =>
      pointers.end(event(type, id, 0, { buttons: 0, ...more })),
    cancel: (type: string, id: number) => pointers.cancel(event(type, id, 0, { buttons: 0 })),
  };
}

describe('the pad’s pointers', () => {
  it.each(['mouse', 'touch', 'pen'])('%s: a stroke lasts from the press to the lift', (type) => {
    const { strokes, down, move, up } = pad();
    down(type, 1, 0);
    move(type, 1, 50);
    up(type, 1);
    move(type, 1, 90, { buttons: 0 });
    expect(strokes).toEqual([[0, 50]]);
  });

  it('a palm neither ends nor deletes a pen’s stroke, primary or not', () => {
    for (const isPrimary of [true, false]) {
      const { strokes, down, move, up, cancel } = pad();
      down('pen', 1, 0);
      down('touch', 2, 300, { isPrimary });
      down('touch', 3, 320, { isPrimary: false });
      move('pen', 1, 10);
      move('touch', 2, 301);
      up('touch', 2);
      cancel('touch', 3);
      move('pen', 1, 20);
      expect(strokes).toEqual([[0, 10, 20]]);
    }
  });

  it('a palm that came first makes way for the pen, and leaves no ink', () => {
    const { strokes, down, move, up } = pad();
    down('touch', 2, 300);
    for (const x of [301, 320, 340]) move('touch', 2, x);
    down('pen', 1, 0);
    move('pen', 1, 10);
    move('touch', 2, 350);
    up('touch', 2);
    move('pen', 1, 20);
    expect(strokes).toEqual([[0, 10, 20]]);
  });

  it('a hand laid down while the pen hovers or has just been lifted draws nothing; later a finger does', () => {
    const { strokes, down, move, up, wait } = pad();
    move('pen', 1, 5, { buttons: 0 });
    expect(down('touch', 2, 300)).toBe(false);
    down('pen', 1, 0);
    up('pen', 1);
    expect(down('touch', 3, 300)).toBe(false);
    wait(1000);
    expect(down('touch', 4, 10)).toBe(true);
    expect(strokes).toEqual([[0], [10]]);
  });

  it('a contact wider than any finger is a hand', () => {
    const { strokes, down } = pad();
    expect(down('touch', 1, 0, { width: 130, height: 60 })).toBe(false);
    expect(down('touch', 2, 10, { isPrimary: false })).toBe(true);
    expect(strokes).toEqual([[10]]);
  });

  it('two fingers are a pinch without ink, until both are up', () => {
    const { strokes, down, move, up } = pad();
    down('touch', 1, 0);
    move('touch', 1, 4);
    down('touch', 2, 100, { isPrimary: false });
    move('touch', 1, 60);
    move('touch', 2, 160, { isPrimary: false });
    down('touch', 3, 200, { isPrimary: false });
    up('touch', 1);
    up('touch', 2);
    expect(strokes).toEqual([]);
    down('touch', 4, 7);
    expect(strokes).toEqual([[7]]);
  });

  it('a second finger does not undo what the first has drawn', () => {
    const { strokes, down, move } = pad();
    down('touch', 1, 0);
    move('touch', 1, 90);
    expect(down('touch', 2, 200, { isPrimary: false })).toBe(false);
    move('touch', 1, 120);
    expect(strokes).toEqual([[0, 90, 120]]);
  });

  it('what is drawn stays when the browser cancels the pointer; a touch that never moved was none', () => {
    for (const type of ['pen', 'touch', 'mouse']) {
      const { strokes, down, move, cancel } = pad();
      down(type, 1, 0);
      move(type, 1, 90);
      cancel(type, 1);
      move(type, 1, 120);
      expect(strokes).toEqual([[0, 90]]);
    }
    const { strokes, down, cancel } = pad();
    down('touch', 1, 0);
    cancel('touch', 1);
    down('pen', 2, 5);
    cancel('pen', 2);
    expect(strokes).toEqual([[5]]);
  });

  it('a lift that nobody told ends the stroke at the next move', () => {
    const { strokes, pointers, down, move } = pad();
    down('mouse', 1, 0);
    move('mouse', 1, 10);
    move('mouse', 1, 50, { buttons: 0 });
    move('mouse', 1, 60);
    expect(strokes).toEqual([[0, 10]]);
    expect(pointers.draws).toBe(false);
  });

  it('so does the left button’s, while another one is held', () => {
    const { strokes, down, move } = pad();
    down('mouse', 1, 0);
    move('mouse', 1, 10, { button: 2, buttons: 3 });
    move('mouse', 1, 20, { button: 0, buttons: 2 });
    move('mouse', 1, 30, { buttons: 2 });
    expect(strokes).toEqual([[0, 10]]);
  });

  it('a press of a pointer whose lift was lost begins a stroke of its own', () => {
    for (const [type, id] of [
      ['mouse', 1],
      ['pen', 2],
      ['touch', 9],
    ] as const) {
      const { strokes, down, move } = pad();
      down(type, 1, 0);
      move(type, 1, 90);
      expect(down(type, id, 10)).toBe(true);
      move(type, id, 20);
      expect(strokes).toEqual([
        [0, 90],
        [10, 20],
      ]);
    }
  });

  it('the window’s loss ends the stroke and keeps it', () => {
    const { strokes, pointers, down, move } = pad();
    down('mouse', 1, 0);
    pointers.leave();
    move('mouse', 1, 30);
    expect(strokes).toEqual([[0]]);
  });

  it.each([
    ['right button', 'mouse', 2, 2],
    ['middle button', 'mouse', 1, 4],
    ['barrel button', 'pen', 2, 2],
    ['eraser', 'pen', 5, 32],
  ])('the %s draws nothing', (_, type, button, buttons) => {
    const { strokes, down, move } = pad();
    expect(down(type, 1, 0, { button, buttons })).toBe(false);
    move(type, 1, 50, { buttons });
    expect(strokes).toEqual([]);
  });

  it('a hovering pointer draws nothing', () => {
    const { strokes, move } = pad();
    for (const type of ['mouse', 'pen']) move(type, 1, 5, { buttons: 0 });
    expect(strokes).toEqual([]);
  });
});
