// The lecture's three models as it trains them, and the test accuracy that each is to reach.
export const recipes = {
  'softmax-regression': {
    batchSize: 128,
    epochs: 30,
    validationSplit: 0.1,
    patience: 3,
    goal: 0.92,
  },
  'simple-cnn': { batchSize: 200, epochs: 50, validationSplit: 0.5, patience: 2, goal: 0.9655 },
  'two-conv-cnn': { batchSize: 128, epochs: 15, validationSplit: 0.1, patience: null, goal: 0.99 },
};
