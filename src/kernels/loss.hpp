// Losses of a row of outputs and its label; cross-entropy is fused with softmax where the model
// ends in one. Each has its scalar reference; every other variant gives the same bits.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

struct LossSum {
  double loss = 0;  ///< sum over the images
  int correct = 0;  ///< images whose largest probability (the first on ties) is the label's
};

/// logits [n][classes] become probabilities in place; labels [n] in [0, classes).
/// dlogits [n][classes] = (p - onehot) · scale, or empty when only the loss is wanted.
/// The loss is log Σ e^(z-top) - (z_label - top), so that it stays finite for any finite logits.
LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits);

/// The same loss on outputs that are not a softmax's: Keras divides each row by its sum and clips
/// to [1e-7, 1 - 1e-7].
LossSum cross_entropy(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs);

/// The mean over each row of (output - onehot)², which is 1 at the label and 0 elsewhere.
/// doutputs [n][classes] = 2 (output - onehot) / classes · scale, or empty.
LossSum squared_error(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs);

/// Index of the largest of the numbers, the first on ties.
int argmax(std::span<const float> row);

using SoftmaxCrossEntropyFn = decltype(softmax_cross_entropy);
using OutputLossFn = decltype(cross_entropy);

namespace scalar {
SoftmaxCrossEntropyFn softmax_cross_entropy;
OutputLossFn cross_entropy, squared_error;
}  // namespace scalar

namespace simd128 {
SoftmaxCrossEntropyFn softmax_cross_entropy;
}  // namespace simd128

inline constexpr Variant<SoftmaxCrossEntropyFn> kSoftmaxCrossEntropyVariants[] = {
    {"scalar", &scalar::softmax_cross_entropy}, {"simd128", &simd128::softmax_cross_entropy}};
inline constexpr Variant<OutputLossFn> kCrossEntropyVariants[] = {
    {"scalar", &scalar::cross_entropy}};
inline constexpr Variant<OutputLossFn> kSquaredErrorVariants[] = {
    {"scalar", &scalar::squared_error}};

}  // namespace ziffer::kernels
