// `x[...]`: items of lists and dictionaries, and the slices of pictures and labels.
import { chosen } from './folds.ts';
import type { Machine } from './machine.ts';
import { partOf } from './sources.ts';
import { childrenOf, itemsOf, type Node } from './tree.ts';
import {
  Data,
  Instance,
  isSlice,
  isTuple,
  Made,
  Places,
  Ref,
  type Scope,
  type Slice,
  sliceOf,
  Table,
  tuple,
  Unknown,
  type Value,
} from './values.ts';

export function subscript(m: Machine, value: Value, node: Node, scope: Scope): Value {
  const places = placesOf(m, node, scope);
  if (value instanceof Data) return sliced(m, value, places, node);
  const [place] = places;
  if (value instanceof Table) {
    return partOf(value, places) ?? m.unknown(node, 'this part of the table is not read');
  }
  if (value instanceof Made && value.path === 'numpy.eye' && place instanceof Data) {
    return place.with({ oneHot: Number(value.args.list[0]) });
  }
  if (value instanceof Places && place !== undefined && isSlice(place)) {
    const cut = sliceOf(place, value.to - value.from);
    return cut
      ? new Places(value.from + cut[0], value.from + cut[1], value.of)
      : m.unknown(node, 'this slice');
  }
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
  if (value instanceof Instance && typeof key === 'string') {
    return value.attributes.get(key) ?? m.unknown(at, `there is no ${key}`);
  }
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

/** `x[:50000]`, `x[5000:]`, `x[0]`, and new axes such as `x[..., None]`. */
function sliced(m: Machine, data: Data, places: (Value | Slice)[], at: Node): Value {
  const { single } = data.more;
  const [first] = places;
  if (first instanceof Unknown) return first;
  if (first instanceof Places && places.length === 1) return chosen(m, data, first, at);
  const count = data.more.to - data.more.from;
  if (!single && typeof first === 'number' && places.length === 1) return picture(data, first);
  const shape: number[] = [];
  let axis = 0;
  let { from, to } = data.more;
  const all = single ? data.more.shape : [count, ...data.more.shape];
  for (const place of places) {
    if (place === null || (place instanceof Ref && place.path.endsWith('.newaxis'))) {
      shape.push(1);
    } else if (place instanceof Ref && place.path === '...') {
      const rest = places.slice(places.indexOf(place) + 1).filter((p) => isSlice(p)).length;
      while (axis < all.length - rest) shape.push(all[axis++]!);
    } else if (isSlice(place) && axis === 0 && !single) {
      const cut = sliceOf(place, count);
      if (!cut) return m.unknown(at, 'these pictures are chosen in a way that is not read');
      [from, to] = [from + cut[0], from + cut[1]];
      shape.push(to - from);
      axis += 1;
    } else if (isSlice(place) && place.from === null && place.to === null && place.step === null) {
      shape.push(all[axis++]!);
    } else return m.unknown(at, 'single pictures, or parts of them, are known only when it runs');
  }
  shape.push(...all.slice(axis));
  return data.with({ from, to, shape: single ? shape : shape.slice(1) });
}

/** One of them: its shape is known. */
function picture(data: Data, at: number): Data {
  const from = at < 0 ? data.more.to + at : data.more.from + at;
  return data.with({ from, to: from + 1, single: true });
}
