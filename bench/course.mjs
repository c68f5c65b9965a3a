// What courses train on MNIST, one thread against Keras with one thread, in turns, and the limit beside each: the
// arithmetic of the sums as they are defined at the SIMD peak of this browser.
import { peakInChromium } from './kernels.mjs';
import { load } from './machine.mjs';
import { courseModels } from './pages/course_models.js';
import { compete } from './peers.mjs';
import { digits, median, spread } from './statistics.mjs';

const columns = [
  ['model', -15],
  ['images_per_second', 25, 'images/s'],
  ['keras', 25, 'Keras'],
  ['ziffer_times', 22, 'Ziffer is × as fast'],
  ['limit', 10, 'at peak'],
  ['share_of_limit', 8, 'share'],
  ['load', 6],
];

export async function benchCourse(report, browser, { quick, model: only }) {
  const peak = await peakInChromium(browser);
  report.begin('course', 'training ten models of courses, one thread, median (quartiles)', columns);
  const times = [];
  for (const [model, { batchSize, images }] of Object.entries(courseModels)) {
    if (only && !only.split(',').includes(model)) continue;
    const setting = { model, batchSize, images, threads: [1], rounds: quick ? 3 : 9 };
    const keras = { name: 'Keras on TensorFlow', program: 'keras', threads: 1 };
    const { field, reference } = await compete(report, browser, [keras], {
      ...setting,
      evaluates: false,
    });
    const [ours, theirs] = field.map(({ train }) => train);
    const ratios = theirs?.map((rate, round) => ours[round] / rate) ?? [];
    if (ratios.length > 0) times.push(median(ratios));
    const limit = (peak * 1e9) / operations(reference.multiplications);
    report.row({
      model,
      images_per_second: spread(ours),
      ...(ratios.length > 0 && { keras: spread(theirs), ziffer_times: spread(ratios) }),
      limit: digits(limit),
      share_of_limit: digits(median(ours) / limit),
      load: load(),
    });
  }
  const mean = Math.exp(times.reduce((sum, x) => sum + Math.log(x), 0) / times.length);
  report.note(`Geometric mean of Ziffer × over ${times.length} models: ${digits(mean)}.`);
  report.note(
    `“At peak”: all sums as they are defined, both ways, at ${digits(peak)} GFLOP/s. Winograd's products and zeros that are left out are credited, so a share may pass 1.`,
  );
}

/** Of one image in training: forward, both gradients, and none for the pictures themselves. */
function operations(multiplications) {
  const total = multiplications.reduce((sum, x) => sum + x, 0);
  return 2 * (3 * total - multiplications.find((x) => x > 0));
}
