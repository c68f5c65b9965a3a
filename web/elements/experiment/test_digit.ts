// A digit of the test set on the pad.
import type { LabData } from './data_sets.ts';
import type { Digit } from './digit.ts';

/** The one after the last, unless another is named. What has been drawn meanwhile stays. Errors: those of the data. */
export async function showTestDigit(digit: Digit, data: LabData, index?: number): Promise<void> {
  const { revision } = digit;
  const test = await data.test();
  const last = digit.test?.index ?? -1;
  const next = index ?? (last + 1) % test.count;
  const [image, label] = await Promise.all([test.image(next), test.label(next)]);
  if (digit.revision === revision) digit.show(image, next, label);
}
