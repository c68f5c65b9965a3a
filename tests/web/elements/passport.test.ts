// Result passports: what was changed is refused, what is true comes out again, and what is only said is found.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { layers } from '../../../web/api/index.ts';
import { claimOf, differences, type Trained } from '../../../web/elements/passport/claim_of.ts';
import {
  type Claim,
  passportText,
  readPassport,
  seedOf,
  weightsDigest,
} from '../../../web/elements/passport/passport.ts';
import { sha256 } from '../../../web/elements/passport/sha256.ts';
import { defaultSettings } from '../../../web/elements/plan/settings.ts';

it('SHA-256 is that of FIPS 180-4, around the sizes of its blocks', () => {
  for (const size of [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 87_592]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + (i >> 8)) & 255);
    expect(sha256(bytes), `${size}`).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

it('weights are digested as little-endian floats, as files of them are', () => {
  const weights = Float32Array.of(1, -0, 3.5e-8, Number.NaN);
  const digest = createHash('sha256').update(new Uint8Array(weights.buffer)).digest('hex');
  expect(weightsDigest(weights)).toBe(digest);
});

describe('a seed', () => {
  it('is that of the name, however it is typed', () => {
    const seeds = ['Zoë Groß', ' zoë  groß ', 'Zoe\u0308 Groß'].map(seedOf);
    expect(new Set(seeds).size).toBe(1);
    expect(seedOf('Zoe Groß')).not.toBe(seeds[0]);
  });

  it('is one that the lab takes', () => {
    for (let i = 0; i < 200; i++) {
      const seed = seedOf(`student ${i}`);
      expect(Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
    }
  });
});

const trained: Trained = {
  layers: [layers.flatten(), layers.dense({ units: 10, activation: 'softmax' })],
  loss: null,
  settings: { ...defaultSettings('custom'), seed: seedOf('Ada'), besides: undefined },
  parameters: 7850,
  epochs: [
    { epoch: 1, loss: 0.5, accuracy: 0.8, val_loss: 0.4, val_accuracy: 0.9 },
    { epoch: 2, loss: 0.3, accuracy: 0.9, val_loss: 0.35, val_accuracy: 0.91 },
  ],
  bestEpoch: 2,
  test: {
    loss: 0.33,
    accuracy: 0.9,
    confusion: Array.from({ length: 10 }, (_, k) =>
      Array.from({ length: 10 }, (_, j) => (j === k ? 90 : j === (k + 1) % 10 ? 10 : 0)),
    ),
    count: 1000,
    predicted: new Uint8Array(1000),
    confidence: new Float32Array(1000),
  },
  weights: Float32Array.of(1, 2, 3),
};
const claim = claimOf(
  trained,
  ' Ada ',
  'test-accuracy >= 0.9; parameters < 100',
  '2026-11-28T12:00:00.000Z',
);

describe('a passport', () => {
  it('is read back as it was written, with its score', () => {
    expect(readPassport(passportText(claim))).toEqual({ claim });
    expect(claim).toMatchObject({ student: 'Ada', score: 0.5, test: { misread: 100 } });
    expect(claim.settings).not.toHaveProperty('threads');
  });

  it('is refused when any byte of it is another', () => {
    const text = passportText(claim);
    const bytes = new TextEncoder().encode(text);
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i] = changed[i]! ^ 1;
      const read = readPassport(new TextDecoder().decode(changed));
      expect(read, `byte ${i}`).toHaveProperty('refusal');
    }
    for (const other of [`${text} `, text.slice(0, -1), `\n${text}`, text.replaceAll('\n', '\r\n')])
      expect(readPassport(other)).toEqual({ refusal: 'altered' });
  });

  it('that was forged with its checksum is refused where the seed is not that of the name', () => {
    expect(readPassport(passportText({ ...claim, student: 'Eve' }))).toEqual({ refusal: 'seed' });
    const settings = { ...claim.settings, seed: 1 };
    expect(readPassport(passportText({ ...claim, settings }))).toEqual({ refusal: 'seed' });
  });

  it.each([
    '',
    '[]',
    'null',
    '1',
    '{}',
    '{"ziffer":"passport"}',
    '{"ziffer":"passport","claim":null,"format":1}',
  ])('is not “%s”', (text) => {
    expect(readPassport(text)).toHaveProperty('refusal');
  });

  it('of a later format says so', () => {
    const text = passportText(claim).replace('"format": 1', '"format": 2');
    expect(readPassport(text)).toEqual({ refusal: 'newer' });
  });
});

it('every part of a claim that training gives again is compared', () => {
  expect(differences(claim, claim)).toEqual([]);
  const others: Partial<Record<keyof Claim, unknown>> = {
    score: 1,
    parameters: 1,
    bestEpoch: 1,
    weights: 'ff',
    curves: [],
    test: { ...claim.test, accuracy: claim.test.accuracy + 1e-16 * 4 },
    loss: 'mean_squared_error',
  };
  for (const [name, value] of Object.entries(others))
    expect(differences({ ...claim, [name]: value } as Claim, claim), name).toEqual([name]);
  // Of these only the checksum tells.
  expect(differences({ ...claim, finished: '', program: '' }, claim)).toEqual([]);
});
