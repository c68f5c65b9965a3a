// Kernels of 3 × 3 numbers that people made before networks learned theirs.

/** Row by row. */
export const KERNELS = {
  edgesUp: [1, 2, 1, 0, 0, 0, -1, -2, -1],
  edgesLeft: [1, 0, -1, 2, 0, -2, 1, 0, -1],
  blur: [1, 2, 1, 2, 4, 2, 1, 2, 1].map((n) => n / 16),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
} as const;

export type KernelName = keyof typeof KERNELS;
/** `learned`: the network's own; `own`: nine numbers typed by the person. */
export type KernelChoice = 'learned' | KernelName | 'own';

export const CHOICES: readonly KernelChoice[] = [
  'learned',
  ...(Object.keys(KERNELS) as KernelName[]),
  'own',
];
