// Drawn digits as the two IDX files in which MNIST is handed on, in the form that the network gets.
import { idx } from '../../api/idx_file.ts';
import { fromStrokes } from '../../api/index.ts';
import type { OwnDigit } from '../experiment/digit_file.ts';

export async function idxFiles(
  digits: readonly OwnDigit[],
): Promise<{ name: string; blob: Blob }[]> {
  const data = await fromStrokes(digits);
  const images = await data.images(digits.map((_, i) => i));
  const labels = await data.labels();
  data.dispose();
  const { length } = digits;
  return [
    { name: 'digits-images-idx3-ubyte', blob: idx(images, length, 28, 28) },
    { name: 'digits-labels-idx1-ubyte', blob: idx(labels, length) },
  ];
}
