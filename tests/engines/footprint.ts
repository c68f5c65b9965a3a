// What a page holds, as Chromium's DevTools protocol and the system tell it.
import { readFileSync } from 'node:fs';
import type { BareChromium } from './drive/bare_chromium.ts';
import type { Command } from './drive/socket.ts';

export interface Held {
  /** Megabytes of JavaScript objects on the page, after a garbage collection. */
  heap: number;
  /** Nodes of its documents, also of removed ones that something still holds. */
  nodes: number;
  /** Megabytes that the renderer's process has to itself: all heaps, wasm memories and threads. */
  process: number;
}

/** Workers of every depth that a browser has. */
export async function workersOf(browser: Command): Promise<number> {
  const filter = [{ type: 'worker', exclude: false }];
  return (await browser('Target.getTargets', { filter })).targetInfos.length;
}

/** Of the only page of a browser. */
export async function footprint({ browser, page }: Pick<BareChromium, 'browser' | 'page'>) {
  // The first collection runs what was waiting for it; the second takes what that has freed.
  for (let i = 0; i < 2; i++) await page('HeapProfiler.collectGarbage');
  const { usedSize } = await page('Runtime.getHeapUsage');
  const { nodes } = await page('Memory.getDOMCounters');
  const { processInfo } = await browser('SystemInfo.getProcessInfo');
  const renderers = (processInfo as { type: string; id: number }[]).filter(
    ({ type }) => type === 'renderer',
  );
  const held: Held = {
    heap: usedSize / 2 ** 20,
    nodes,
    process: Math.max(...renderers.map(({ id }) => privateMegabytes(id))),
  };
  return held;
}

function privateMegabytes(pid: number): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const lines = [...text.matchAll(/^Private_\w+: +(\d+) kB/gm)];
  return lines.reduce((sum, [, kilobytes]) => sum + Number(kilobytes) / 1024, 0);
}
