// The lecture's three models by name, and the recipe by which each reaches what the lecture says of it. They stand apart from the
// layers because the sleeping element has them too.

export const PRESET_NAMES = ['softmax-regression', 'simple-cnn', 'two-conv-cnn'] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

export interface Recipe {
  readonly optimizer: 'adam';
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** The last share of the training images, which is held back to check. */
  readonly validationSplit: number;
  /** Epochs without a better validation loss after which it stops. */
  readonly patience: number;
}

/** Also of a model of one's own. */
export const USUAL_RECIPE: Recipe = {
  optimizer: 'adam',
  learningRate: 0.001,
  batchSize: 200,
  epochs: 50,
  validationSplit: 0.5,
  patience: 2,
};

export const RECIPES: Readonly<Record<PresetName, Recipe>> = {
  'softmax-regression': { ...USUAL_RECIPE, validationSplit: 0.1 },
  'simple-cnn': USUAL_RECIPE,
  'two-conv-cnn': { ...USUAL_RECIPE, validationSplit: 0.1, batchSize: 128, epochs: 15 },
};
