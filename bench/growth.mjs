// How the cost of an image grows with batch size, number of images and filters: flat or better is the promise. One thread.
import { mkdirSync, writeFileSync } from 'node:fs';
import { root } from '../scripts/project.mjs';
import { drawChart } from './chart.mjs';
import { digits, median } from './statistics.mjs';

const usual = { filters: 8, batchSize: 200, images: 12_000 };

/** What varies while the rest stays as usual; unit: what one image's time is divided by. */
const sweeps = [
  { key: 'batchSize', title: 'batch size', values: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] },
  { key: 'images', title: 'images', values: [1000, 2000, 5000, 10_000, 20_000, 60_000] },
  { key: 'filters', title: 'filters', values: [4, 8, 16, 32, 64, 128], perFilter: true },
];

export async function benchGrowth(report, browser, { quick, docs }) {
  report.begin('growth', 'growth: training a simple CNN, one thread, Chromium', [
    ['varies', -11],
    ['value', 7],
    ['microseconds_per_image', 9, 'µs/image'],
    ['per_filter', 14, 'µs/(im·filter)'],
  ]);
  const page = await browser.open('pages/blank.html');
  const panels = [];
  for (const { key, title, values, perFilter } of sweeps) {
    const points = await sweep(page, key, values, quick ? 2 : 5);
    for (const { value, cost } of points) {
      report.row({
        varies: title,
        value,
        microseconds_per_image: digits(cost),
        ...(perFilter && { per_filter: digits(cost / value) }),
      });
    }
    const scaled = points.map(({ value, cost }) => [value, perFilter ? cost / value : cost]);
    panels.push({
      title,
      unit: perFilter ? 'µs per image and filter' : 'µs per image',
      points: scaled,
    });
  }
  await page.close();
  const folder = docs ? `${root}/docs` : `${root}/build/bench`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/growth.svg`, drawChart(panels));
  report.note(`The chart is ${folder.slice(root.length + 1)}/growth.svg.`);
}

/** Every value in turn, several rounds of that, so that a slow moment does not fall on one value alone. */
async function sweep(page, key, values, rounds) {
  const costs = new Map(values.map((value) => [value, []]));
  for (let round = -1; round < rounds; round++) {
    for (const value of values) {
      const setting = { ...usual, [key]: value };
      // An update of all weights for every image costs much more than an image: fewer suffice.
      if (setting.batchSize < 20) setting.images = 2000;
      const epochs = Math.max(2, Math.round(12_000 / setting.images)) + 1;
      const seconds = await page.evaluate(
        async (argument) => (await import('/pages/ziffer.js')).grow(argument),
        { ...setting, epochs },
      );
      if (round < 0) continue;
      for (const s of seconds.slice(1)) costs.get(value).push((1e6 * s) / setting.images);
    }
  }
  return [...costs].map(([value, list]) => ({ value, cost: median(list) }));
}
