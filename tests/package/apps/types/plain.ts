// What the shipped types know of the API and of the element.
import { layers, loadMnist, type Sequential, sequential, ZifferError } from 'ziffer';
import type { ZifferLabElement } from 'ziffer/element';

const model: Sequential = sequential({
  layers: [
    layers.flatten({ inputShape: [28, 28, 1] }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ],
});
const { train } = await loadMnist({ trainCount: 1000 });
const history = await model.fit(train, { epochs: 1 });
export const losses: number[] = [...history.history.loss];

const lab: ZifferLabElement | null = document.querySelector('ziffer-lab');
lab?.addEventListener('ziffer-epoch', ({ detail }) => {
  const epoch: number = detail.epoch;
  console.log(epoch, detail.logs.val_accuracy);
});
document.addEventListener('ziffer-error', ({ detail }) => {
  if (detail instanceof ZifferError) console.log(detail.code);
});
if (lab) {
  lab.epochs = 5;
  lab.patience = null;
  // @ts-expect-error: no optimizer of that name.
  lab.optimizer = 'ftrl';
  // @ts-expect-error: no such event property.
  lab.addEventListener('ziffer-trained', ({ detail }) => detail.accuracies);
}
