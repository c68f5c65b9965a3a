// Which of the pointers on the pad draws: a pen goes before fingers, a resting hand is no finger, and two fingers are a pinch.

/** What is looked at of a PointerEvent. */
export type Contact = Pick<
  PointerEvent,
  | 'pointerId'
  | 'pointerType'
  | 'isPrimary'
  | 'button'
  | 'buttons'
  | 'width'
  | 'height'
  | 'clientX'
  | 'clientY'
  | 'timeStamp'
>;

/** What becomes of the pointers. `extend` belongs to the last `begin`. */
export interface Drawing<E> {
  begin(event: E): void;
  extend(event: E): void;
  /** The stroke that was begun last is none: it was a hand or half of a pinch. */
  drop(): void;
}

/** A fingertip's contact is up to about 60 CSS pixels wide. */
const HAND = 80;
/** A finger that has gone less far, in CSS pixels, when a second comes is half of a pinch. */
const PINCH = 16;
/** For so many milliseconds after its last sign a pen counts as near. */
const PEN_NEAR = 250;

export class PadPointers<E extends Contact> {
  #active: { readonly id: number; readonly type: string } | null = null;
  #from: readonly [number, number] = [0, 0];
  #gone = 0;
  #penSeen = Number.NEGATIVE_INFINITY;
  /** Fingers of a pinch: none of them draws until a first finger comes again. */
  #pinching = false;

  constructor(private readonly drawing: Drawing<E>) {}

  /** Whether a stroke is being drawn. */
  get draws(): boolean {
    return this.#active !== null;
  }

  /** Whether the pointer draws from now on. */
  down(e: E): boolean {
    this.#look(e);
    if (e.button !== 0 || this.#isHand(e)) return false;
    if (e.pointerType === 'touch') {
      if (e.isPrimary) this.#pinching = false;
      else if (this.#isYoungTouch()) return this.#pinch();
      if (this.#pinching) return false;
    }
    if (this.#active && !this.#yieldsTo(e)) return false;
    // The hand that came before its pen.
    if (e.pointerType === 'pen' && this.#active?.type === 'touch') this.drawing.drop();
    this.#active = { id: e.pointerId, type: e.pointerType };
    this.#from = [e.clientX, e.clientY];
    this.#gone = 0;
    this.drawing.begin(e);
    return true;
  }

  move(e: E): void {
    this.#look(e);
    if (e.pointerId !== this.#active?.id) return;
    // The button was let go of where nobody told us, or another one is still held.
    if ((e.buttons & 1) === 0) {
      this.#active = null;
      return;
    }
    const [x, y] = this.#from;
    this.#gone = Math.max(this.#gone, Math.hypot(e.clientX - x, e.clientY - y));
    this.drawing.extend(e);
  }

  /** Lifted, or its capture lost. */
  end(e: E): void {
    this.#look(e);
    if (e.pointerId === this.#active?.id) this.#active = null;
  }

  /** The browser took the gesture over. What is drawn stays; a finger that has hardly moved drew nothing. */
  cancel(e: E): void {
    const nothing = e.pointerId === this.#active?.id && this.#isYoungTouch();
    this.end(e);
    if (nothing) this.drawing.drop();
  }

  /** The page lost the pointer together with its window. */
  leave(): void {
    this.#active = null;
  }

  #look(e: E): void {
    if (e.pointerType === 'pen') this.#penSeen = e.timeStamp;
  }

  #isHand(e: E): boolean {
    if (e.pointerType !== 'touch') return false;
    return Math.max(e.width, e.height) > HAND || e.timeStamp - this.#penSeen < PEN_NEAR;
  }

  #isYoungTouch(): boolean {
    return this.#active?.type === 'touch' && this.#gone < PINCH;
  }

  #pinch(): false {
    this.#active = null;
    this.#pinching = true;
    this.drawing.drop();
    return false;
  }

  /** Whether the pointer that draws is over, or gives way: its end was lost, or a pen comes. */
  #yieldsTo(e: E): boolean {
    const active = this.#active;
    if (active?.id === e.pointerId) return true;
    if (active?.type === 'pen') return e.pointerType === 'pen' && e.isPrimary;
    if (e.pointerType === 'pen') return true;
    return active?.type === 'touch' && e.pointerType === 'touch' && e.isPrimary;
  }
}
