// Digits as people draw them: lines of points, in shares of the pad's size.

/** A 1 with its foot missing, as most people write it. */
export const ONE = [
  [
    [0.53, 0.15],
    [0.5, 0.5],
    [0.47, 0.85],
  ],
] as const;

export const SEVEN = [
  [
    [0.25, 0.2],
    [0.5, 0.19],
    [0.75, 0.2],
    [0.6, 0.5],
    [0.45, 0.85],
  ],
] as const;

export const ZERO = [
  Array.from({ length: 25 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 24 - Math.PI / 2;
    return [0.5 + 0.22 * Math.cos(angle), 0.5 + 0.34 * Math.sin(angle)] as const;
  }),
];
