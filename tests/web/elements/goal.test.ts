// Goals: how they are read, and what of them a training has reached.
import { describe, expect, it } from 'vitest';
import { type Goal, judge, MEASURES, readGoal } from '../../../web/elements/plan/goal.ts';

function goal(text: string): Goal {
  const read = readGoal(text);
  if ('expected' in read) throw new Error(read.expected);
  return read.value;
}

describe('a goal is read', () => {
  it('with its conditions in order, whatever stands between them', () => {
    const expected = [
      { measure: 'test-accuracy', sign: '>=', target: 0.97 },
      { measure: 'parameters', sign: '<=', target: 20_000 },
      { measure: 'epochs', sign: '<=', target: 10 },
    ];
    for (const text of [
      'test-accuracy >= 0.97; parameters <= 20000; epochs <= 10',
      ' test_accuracy≥97%;parameters≤20_000;epochs=<10; ',
      'Test accuracy => 97 % and parameters <= 20000 && epochs <= 10',
    ])
      expect(goal(text), text).toEqual(expected);
  });

  it('with each measure and each sign', () => {
    for (const measure of MEASURES) {
      for (const sign of ['>=', '<=', '>', '<', '=']) {
        expect(goal(`${measure} ${sign} 1`)).toEqual([{ measure, sign, target: 1 }]);
      }
    }
  });

  it('with percentages that are the shares they look like, to the last bit', () => {
    for (const [text, share] of [
      ['96.55 %', 0.9655],
      ['97.1%', 0.971],
      ['0%', 0],
      ['100 %', 1],
      ['.5', 0.5],
    ])
      expect(goal(`accuracy >= ${text}`)[0]!.target).toBe(share);
  });

  it.each([
    ['', /such as test-accuracy >= 0\.97/],
    [';;', /such as/],
    ['test-accuracy', /such as.*not “test-accuracy”/],
    ['tset-accuracy >= 0.9', /one of test-accuracy.*not “tset-accuracy”/],
    ['test-accuracy >= 97', /share such as 0\.97 or 97 %, not “97”/],
    ['test-accuracy >= 0,97', /share such as/],
    ['test-accuracy >= 0.97 0.98', /share such as/],
    ['parameters <= 20,000', /whole number such as 20000, not “20,000”/],
    ['parameters <= 20.5', /whole number/],
    ['parameters <= 50 %', /whole number/],
    ['epochs <= ten', /whole number/],
    ['loss <= -1', /number such as 0\.1/],
    ['loss <= Infinity', /number such as/],
    ['epochs != 3', /such as|one of/],
    ['epochs <= 3; then some', /not “then some”/],
  ])('or said why not: “%s”', (text, why) => {
    expect(readGoal(text)).toEqual({ expected: expect.stringMatching(why) });
  });
});

describe('a goal is judged', () => {
  const three = goal('test-accuracy >= 0.97; parameters <= 20000; epochs <= 10');

  it('by the share of its conditions that are met; a limit itself is met', () => {
    const scores = [
      { 'test-accuracy': 0.97, parameters: 20_000, epochs: 10 },
      { 'test-accuracy': 0.9699, parameters: 20_000, epochs: 10 },
      { 'test-accuracy': 0.5, parameters: 20_001, epochs: 1 },
      {},
    ].map((measured) => judge(three, measured).score);
    expect(scores).toEqual([1, 2 / 3, 1 / 3, 0]);
    expect(judge(three, { 'test-accuracy': 1, parameters: 1, epochs: 1 }).met).toBe(true);
  });

  it('numbers that are none, and what was not measured, meet nothing', () => {
    const { conditions, met } = judge(goal('loss < 1; val-loss > 0; loss = 0'), {
      loss: Number.NaN,
    });
    expect(met).toBe(false);
    expect(conditions.map(({ value, met }) => [value, met])).toEqual(Array(3).fill([null, false]));
  });
});
