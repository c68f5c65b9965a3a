// `x[...]`: items of lists and dictionaries, and the slices of pictures and labels.
import type { Machine } from './machine.ts';
import { childrenOf, itemsOf, type Node } from './tree.ts';
import { Data, isTuple, Ref, type Scope, tuple, Unknown, type Value } from './values.ts';

interface Slice {
  readonly from: Value;
  readonly to: Value;
  readonly step: Value;
}

export function subscript(m: Machine, value: Value, node: Node, scope: Scope): Value {
  const places = placesOf(m, node, scope);
  if (value instanceof Data) return sliced(m, value, places, node);
  const [place] = places;
  if (places.length !== 1 || place === undefined) return m.unknown(node, 'this index is not read');
  if (isSlice(place)) {
    if (!Array.isArray(value) && typeof value !== 'string')
      return m.unknown(node, 'a slice of this');
    const { from, to, step } = place;
    const numbers = [from, to].every((n) => n === null || typeof n === 'number');
    if (!numbers || (step !== null && step !== 1 && step !== -1))
      return m.unknown(node, 'this slice');
    if (step === -1) {
      if (from !== null || to !== null || !Array.isArray(value))
        return m.unknown(node, 'this slice');
      return [...value].reverse();
    }
    const cut = value.slice((from as number) ?? undefined, (to as number) ?? undefined);
    return Array.isArray(cut) && isTuple(value) ? tuple(cut) : cut;
  }
  if (place instanceof Unknown) return place;
  return indexed(m, value, place, node);
}

export function indexed(m: Machine, value: Value, key: Value, at: Node): Value {
  if (value instanceof Unknown) return value;
  if (value instanceof Map) {
    for (const [k, v] of value) if (k === key) return v;
    return m.unknown(at, 'the dictionary has no such key');
  }
  if ((Array.isArray(value) || typeof value === 'string') && typeof key === 'number') {
    return value.at(key) ?? m.unknown(at, 'the list is shorter');
  }
  return m.unknown(at, 'a part of this is known only when the script runs');
}

/** The one index of `x[i]`. */
export function itemPlace(m: Machine, node: Node, scope: Scope): Value {
  const [place, more] = placesOf(m, node, scope);
  if (place === undefined || more !== undefined || isSlice(place)) {
    return m.unknown(node, 'this index is not read');
  }
  return place;
}

function placesOf(m: Machine, node: Node, scope: Scope): (Value | Slice)[] {
  const [, ...inside] = childrenOf(node);
  return itemsOf(inside).map((item) => {
    if (!item.some(({ name }) => name === ':')) return m.evaluate(item[0]!, scope);
    const parts: Value[] = [null, null, null];
    let at = 0;
    for (const part of item) {
      if (part.name === ':') at += 1;
      else parts[at] = m.evaluate(part, scope);
    }
    return { from: parts[0]!, to: parts[1]!, step: parts[2]! };
  });
}

function isSlice(place: Value | Slice): place is Slice {
  return typeof place === 'object' && place !== null && 'step' in place;
}

/** `x[:50000]`, `x[5000:]`, and new axes such as `x[..., None]`. */
function sliced(m: Machine, data: Data, places: (Value | Slice)[], at: Node): Value {
  const shape: number[] = [];
  let axis = 0;
  let { from, to } = data.more;
  const all = [to - from, ...data.more.shape];
  for (const place of places) {
    if (place === null || (place instanceof Ref && place.path.endsWith('.newaxis'))) {
      shape.push(1);
    } else if (place instanceof Ref && place.path === '...') {
      const rest = places.slice(places.indexOf(place) + 1).filter((p) => isSlice(p)).length;
      while (axis < all.length - rest) shape.push(all[axis++]!);
    } else if (isSlice(place) && axis === 0) {
      const cut = range(place, to - from);
      if (!cut) return m.unknown(at, 'these pictures are chosen in a way that is not read');
      [from, to] = [from + cut[0], from + cut[1]];
      shape.push(to - from);
      axis += 1;
    } else if (isSlice(place) && place.from === null && place.to === null && place.step === null) {
      shape.push(all[axis++]!);
    } else return m.unknown(at, 'single pictures, or parts of them, are known only when it runs');
  }
  shape.push(...all.slice(axis));
  return data.with({ from, to, shape: shape.slice(1) });
}

function range({ from, to, step }: Slice, length: number): [number, number] | null {
  const end = (n: Value, usual: number) => {
    if (n === null) return usual;
    if (typeof n !== 'number' || !Number.isInteger(n)) return null;
    return Math.min(length, Math.max(0, n < 0 ? length + n : n));
  };
  const [a, b] = [end(from, 0), end(to, length)];
  if (a === null || b === null || (step !== null && step !== 1)) return null;
  return [a, Math.max(a, b)];
}
