// What the layers of a model take, by place instead of by name: 0 is the model's input, n the n-th layer.

import { LayerNames } from './layer_names.ts';
import type { LayerSpec } from './layers.ts';
import { INPUT } from './model.ts';

/** Whether some layer takes other than the one before it. */
export function isGraph(layers: readonly LayerSpec[]): boolean {
  return layers.some(({ config }) => config.inbound !== undefined);
}

/** The layers' names, Keras's own where none is given. */
export function namesOf(layers: readonly LayerSpec[]): string[] {
  const names = new LayerNames(layers.map(({ config }) => config.name));
  return layers.map(({ className, config }) => config.name || names.next(className));
}

/** Layer `i` with all that it needs, in order. */
export function leadingTo(layers: readonly LayerSpec[], i: number): LayerSpec[] {
  if (!isGraph(layers)) return layers.slice(0, i + 1);
  const sources = sourcesOf(layers);
  const needed = new Set([i]);
  for (let k = i; k >= 0; k--) {
    if (needed.has(k)) for (const place of sources[k] ?? [k]) needed.add(place - 1);
  }
  // Each says what it takes, since another may stand before it now.
  const names = [INPUT, ...namesOf(layers)];
  const whole = layers.map((layer, k) => {
    const inbound = layer.config.inbound ?? [names[k]!];
    return { ...layer, config: { ...layer.config, name: names[k + 1]!, inbound } } as LayerSpec;
  });
  return whole.filter((_, k) => needed.has(k));
}

/** What each layer takes; null: the one before it. A name that is nobody's is left out. */
export function sourcesOf(layers: readonly LayerSpec[]): (number[] | null)[] {
  const names = [INPUT, ...namesOf(layers)];
  return layers.map(({ config: { inbound } }) => {
    if (!inbound) return null;
    return inbound.map((name) => names.indexOf(name)).filter((place) => place >= 0);
  });
}

/** The layers with names, which take what `sources` says. */
export function withSources(
  layers: readonly LayerSpec[],
  sources: readonly (readonly number[] | null)[],
): LayerSpec[] {
  const own = namesOf(layers);
  const names = [INPUT, ...own];
  return layers.map((layer, i) => {
    const { inbound: _, ...config } = layer.config;
    const taken = sources[i];
    const follows = !taken || (taken.length === 1 && taken[0] === i);
    const inbound = follows ? {} : { inbound: taken.map((place) => names[place]!) };
    return { ...layer, config: { ...config, name: own[i]!, ...inbound } } as LayerSpec;
  });
}

/** A layer with the names of what it takes. */
export interface Named {
  readonly name: string;
  readonly inbound: readonly string[];
}

/**
 * As Keras lists a functional model's layers, and counts their weights: those that are farther from the output first; of those that are
 * equally far, the one that is met first on the way from the output back.
 */
export function inKerasOrder<L extends Named>(layers: readonly L[]): L[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const met = new Map<string, number>();
  const meet = (name: string) => {
    const layer = byName.get(name);
    if (!layer || met.has(name)) return;
    met.set(name, met.size);
    for (const source of layer.inbound) meet(source);
  };
  meet(layers.at(-1)!.name);
  const depths = new Map<string, number>();
  for (const { name, inbound } of [...layers].reverse()) {
    const depth = depths.get(name) ?? 0;
    depths.set(name, depth);
    for (const source of inbound) depths.set(source, Math.max(depth + 1, depths.get(source) ?? 0));
  }
  const key = ({ name }: L) => [-depths.get(name)!, met.get(name)!] as const;
  return [...layers].sort((a, b) => key(a)[0] - key(b)[0] || key(a)[1] - key(b)[1]);
}
