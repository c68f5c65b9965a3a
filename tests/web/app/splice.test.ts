// SPLICE: what a page that keeps and marks the frame is told, and what of its answers is believed.
import { describe, expect, it, vi } from 'vitest';
import { Splice } from '../../../web/app/splice.ts';

vi.mock('../../../web/elements/lab/index.ts', () => ({}));

function activity() {
  const said: Record<string, unknown>[] = [];
  const splice = new Splice('week3', (message) => said.push(message));
  return { splice, said };
}

const answer = (id: unknown, state: unknown) => ({
  subject: 'SPLICE.getState.response',
  message_id: id,
  state,
});

it('every message has its subject, the activity, and a number of its own', () => {
  const { splice, said } = activity();
  splice.ask();
  splice.report('preset=simple-cnn', 0.5);
  splice.event('trained', { epochs: 3 });
  expect(said.map(({ subject }) => subject)).toEqual([
    'SPLICE.getState',
    'SPLICE.reportScoreAndState',
    'SPLICE.sendEvent',
  ]);
  expect(new Set(said.map((message) => message.message_id)).size).toBe(3);
  expect(said.every((message) => message.activity_id === 'week3')).toBe(true);
});

describe('a score', () => {
  it('is not told for mere state, is the best so far, and is told once', () => {
    const { splice, said } = activity();
    splice.report('epochs=2', null);
    splice.report('epochs=2', 0.5);
    splice.report('epochs=2', 0.5);
    splice.report('epochs=3', 0.25);
    splice.report('epochs=3', null);
    splice.report('epochs=3', 1);
    expect(said.map(({ score }) => score)).toEqual([undefined, 0.5, 0.5, 1]);
    expect(said.map(({ state }) => state)).toEqual([
      { link: 'epochs=2', score: null },
      { link: 'epochs=2', score: 0.5 },
      { link: 'epochs=3', score: 0.5 },
      { link: 'epochs=3', score: 1 },
    ]);
  });

  it('goes on from what an earlier visit had', () => {
    const { splice, said } = activity();
    splice.ask();
    const id = said[0]!.message_id;
    expect(splice.answered(answer(id, { link: 'epochs=2', score: 0.75 }))).toEqual({
      link: 'epochs=2',
      score: 0.75,
    });
    splice.report('epochs=4', 0.5);
    expect(said.at(-1)).toMatchObject({ score: 0.75 });
  });
});

describe('an answer', () => {
  it('is believed if it was asked for, once', () => {
    const { splice, said } = activity();
    const state = { link: 'epochs=2', score: null };
    expect(splice.answered(answer('x', state))).toBeNull();
    splice.ask();
    const id = said[0]!.message_id;
    expect(splice.answered(answer('another', state))).toBeNull();
    expect(splice.answered(answer(id, state))).toEqual(state);
    expect(splice.answered(answer(id, state))).toBeNull();
  });

  it.each([null, undefined, 'text', 7, [], {}, { link: 3 }, { score: 1 }])(
    'without a state of ours changes nothing: %o',
    (state) => {
      const { splice } = activity();
      splice.ask();
      expect(splice.answered(answer(undefined, state))).toBeNull();
    },
  );

  it.each([-1, 2, Number.NaN, '1', null])('with the score %o has none', (score) => {
    const { splice } = activity();
    splice.ask();
    expect(splice.answered(answer(undefined, { link: '', score }))?.score).toBeNull();
  });
});
