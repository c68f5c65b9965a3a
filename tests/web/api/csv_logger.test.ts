// CSVLogger's file is the one that Keras writes.
import { expect, it } from 'vitest';
import { csvLogger } from '../../../web/api/callbacks.ts';
import { OwnCallbacks } from '../../../web/api/own_callbacks.ts';
import { pythonNumber } from '../../../web/keras/csv_log.ts';

async function written(options: Record<string, unknown>, ...logs: Record<string, number>[]) {
  let file = '';
  const onWrite = ({ text }: { text: string }) => {
    file = text;
  };
  const asked = new OwnCallbacks([csvLogger('log.csv', { ...options, onWrite })]);
  for (const [epoch, own] of logs.entries()) {
    const turn = { at: 'epoch', epoch, batch: 0, more: true, learningRate: 0.1 } as const;
    const told = { ...turn, logs: own as { loss: number; accuracy: number } };
    await asked.answer({ kind: 'notice', id: 1, type: 'turn', turn: told });
  }
  return file;
}

it('has a line an epoch under sorted names, and room for a validation that is not there', async () => {
  expect(await written({}, { loss: 0.5, accuracy: 1 }, { loss: 1e-5, accuracy: 0.25 })).toBe(
    'epoch,accuracy,loss,val_accuracy,val_loss\r\n0,1.0,0.5,NA,NA\r\n1,0.25,1e-05,NA,NA\r\n',
  );
  const validated = { loss: 0.5, accuracy: 1, val_loss: Number.NaN, val_accuracy: 0 };
  expect(await written({ separator: ';' }, validated)).toBe(
    'epoch;accuracy;loss;val_accuracy;val_loss\r\n0;1.0;0.5;0.0;nan\r\n',
  );
});

it('goes on behind what it has, without a second head', async () => {
  const text = 'epoch,accuracy\r\n0,1.0\r\n';
  expect(await written({ append: true, text }, { accuracy: 0.5, val_accuracy: 0.5 })).toBe(
    `${text}0,0.5,0.5\r\n`,
  );
});

it('writes numbers as Python does', () => {
  const numbers = [0, 1, 0.1, 1e-4, 1e-5, 1.5e-7, 1e15, 1e16, -2, 0.9123456478118896, 1 / 0];
  expect(numbers.map(pythonNumber)).toEqual([
    ...['0.0', '1.0', '0.1', '0.0001', '1e-05', '1.5e-07', '1000000000000000.0', '1e+16', '-2.0'],
    ...['0.9123456478118896', 'inf'],
  ]);
});
