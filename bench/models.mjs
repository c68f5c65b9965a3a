// The lecture's three models as every part trains them: its batch sizes, and so many images that an epoch takes some
// tenths of a second.
export const models = {
  'softmax-regression': { batchSize: 128, images: 25_600 },
  'simple-cnn': { batchSize: 200, images: 12_000 },
  'two-conv-cnn': { batchSize: 128, images: 2_560 },
};
