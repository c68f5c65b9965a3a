// Keras's defaults of the settings that Ziffer has, in the order of Keras's arguments. They stand apart from what reads and checks
// settings because the sleeping element has them too.

const rate = { learning_rate: 0.001 } as const;
const betas = { ...rate, beta_1: 0.9, beta_2: 0.999 } as const;
const adam = { ...betas, epsilon: 1e-7 } as const;

export const OPTIMIZER_DEFAULTS = {
  adam,
  sgd: { learning_rate: 0.01, momentum: 0, nesterov: false },
  rmsprop: { ...rate, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  adamw: { ...adam, weight_decay: 0.004 },
  adadelta: { ...rate, rho: 0.95, epsilon: 1e-7 },
  adagrad: { ...rate, initial_accumulator_value: 0.1, epsilon: 1e-7 },
  adamax: adam,
  nadam: adam,
  lion: { ...betas, beta_2: 0.99 },
} as const;

export type OptimizerName = keyof typeof OPTIMIZER_DEFAULTS;
export const OPTIMIZER_NAMES = Object.keys(OPTIMIZER_DEFAULTS) as readonly OptimizerName[];
