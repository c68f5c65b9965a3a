// What a browser's storage may hold of the last finished model, and what is taken from it.
import { describe, expect, it } from 'vitest';
import { type Evaluation, presetLayers, sequential } from '../../../web/api/index.ts';
import { defaultSettings } from '../../../web/elements/plan/settings.ts';
import { Curves } from '../../../web/elements/runs/curves.ts';
import { type KeptModel, keepable, readKeptModel } from '../../../web/elements/runs/kept_model.ts';
import { type Run, RunLog } from '../../../web/elements/runs/run_log.ts';

const layers = presetLayers('softmax-regression');
const LOSS = 'sparse_categorical_crossentropy';
const { parameterCount } = sequential({ layers });
const settings = defaultSettings('softmax-regression');
const test: Evaluation = {
  loss: 0.3,
  accuracy: 0.9,
  count: 3,
  confusion: Array.from({ length: 10 }, () => new Array(10).fill(0)),
  predicted: new Uint8Array(3),
  confidence: new Float32Array(3),
};

function runs(count: number, each = test): readonly Run[] {
  const log = new RunLog();
  const curves = new Curves();
  const plan = { modelName: 'softmax-regression', layers, settings } as const;
  for (let i = 0; i < count; i++) log.add({ ...plan, curves, clock: { time: 1 } }, each, 7850);
  return log.runs;
}

const kept = (): KeptModel => ({
  modelName: 'softmax-regression',
  layers,
  settings,
  name: 'sequential',
  opened: false,
  weights: new Float32Array(parameterCount),
  optimizer: { steps: 3, slots: [new Float32Array(parameterCount), new Float32Array(0)] },
  compiled: 'adam',
  curves: new Curves().plain(),
  time: 10,
  outcome: 'complete',
  evaluation: test,
  lastEpoch: 1,
  finished: 1e12,
  runs: runs(2),
});

it('what was kept is read again, as the storage gives it', () => {
  const stored = structuredClone(keepable(kept()));
  expect(readKeptModel(stored)).toEqual(kept());
});

it('the loss and what its file had besides are kept with it', () => {
  const loss = { name: LOSS, fromLogits: true } as const;
  const notKept = [{ what: 'setting', layer: null, name: 'dtype = mixed_float16' }] as const;
  const model = { ...kept(), loss, notKept };
  expect(readKeptModel(structuredClone(keepable(model)))).toEqual(model);
});

describe('a damaged record is refused', () => {
  const damage: Record<string, unknown> = {
    modelName: 'no-such-model',
    layers: [{ className: 'Nothing', config: {} }],
    settings: { ...settings, epochs: -1 },
    name: 5,
    weights: new Float32Array(parameterCount - 1),
    optimizer: { steps: 1, slots: [new Float32Array(1)] },
    compiled: { name: 'no-such-optimizer' },
    curves: {},
    time: Number.NaN,
    outcome: 'unknown',
    evaluation: { ...test, predicted: new Uint8Array(2) },
    lastEpoch: 0.5,
    finished: 'yesterday',
    runs: [{ ...runs(1)[0], test: { ...test, confusion: [[1, 2]] } }],
  };
  it.each(Object.entries(damage))('%s', (name, value) => {
    expect(readKeptModel({ ...kept(), [name]: value })).toBeNull();
    const { [name as keyof KeptModel]: _, ...without } = kept();
    expect(readKeptModel(without)).toBeNull();
  });
  it.each<[string, Partial<Record<keyof KeptModel, unknown>>]>([
    ['no loss', { loss: 'hinge' }],
    ['a loss with a setting that is none', { loss: { name: LOSS, logits: true } }],
    ['a loss whose setting is no flag', { loss: { name: LOSS, fromLogits: 'yes' } }],
    ['a loss that is a list', { loss: [LOSS] }],
    ['an optimizer out of its range', { compiled: { name: 'adam', learningRate: -1 } }],
    ['an optimizer with a setting that is none', { compiled: { name: 'sgd', rho: 0.5 } }],
    ['something else that is not kept', { notKept: [{ what: 'mood', layer: null, name: 'x' }] }],
    ['a name that is none', { notKept: [{ what: 'loss', layer: null, name: {} }] }],
  ])('%s', (_, damage) => {
    expect(readKeptModel({ ...kept(), ...damage })).toBeNull();
  });
  it.each([null, undefined, 5, 'text', []])('%j', (value) => {
    expect(readKeptModel(value)).toBeNull();
  });
});

it('the list of runs is bounded in number and in bytes, the newest stay', () => {
  expect(keepable({ ...kept(), runs: runs(50) })!.runs.map((r) => r.number)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 31),
  );
  const large = { ...test, predicted: new Uint8Array(6e6) };
  expect(keepable({ ...kept(), runs: runs(5, large) })!.runs).toHaveLength(2);
  expect(keepable({ ...kept(), weights: new Float32Array(17e6) })).toBeNull();
});

it('runs of an earlier page come first, and can be forgotten', () => {
  const log = new RunLog();
  log.add(
    { modelName: 'custom', layers, settings, curves: new Curves(), clock: { time: 2 } },
    test,
    1,
  );
  log.restore(runs(2));
  expect(log.runs.map(({ number, modelName }) => `${number} ${modelName}`)).toEqual([
    '1 softmax-regression',
    '2 softmax-regression',
    '3 custom',
  ]);
  expect(log.next).toBe(4);
  log.forgetEarlier();
  expect(log.runs.map(({ number }) => number)).toEqual([3]);
});
