// Losses of a row of outputs and its label, whose target is one-hot; cross-entropies are fused with
// the softmax or sigmoid that the model ends in. The one that most train with has a scalar
// reference, whose bits every variant gives; the others are plain loops.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

struct LossSum {
  double loss = 0;  ///< sum over the images
  int correct = 0;  ///< images whose largest probability (the first on ties) is the label's
};

/// What an image's target is at its label and elsewhere; smoothing moves both.
struct Targets {
  float on = 1, off = 0;
};

/// logits [n][classes] become probabilities in place; labels [n] in [0, classes).
/// dlogits [n][classes] = (p - target) · scale, or empty when only the loss is wanted.
/// The loss is log Σ e^(z-top) - Σ target (z - top), so that it stays finite for any finite logits.
LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits, Targets = {});

// Of outputs that are not a softmax's. doutputs [n][classes] is the slope · scale, or empty.

/// -Σ target log p: Keras divides each row by its sum and clips to [1e-7, 1 - 1e-7].
LossSum cross_entropy(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                      Targets = {});

/// -log p of the label: for labels that are numbers, Keras clips first and divides then.
LossSum sparse_cross_entropy(int classes, std::span<const float> outputs,
                             std::span<const std::uint8_t> labels, float scale,
                             std::span<float> doutputs, Targets = {});

/// The mean over each row of -(t log p + (1-t) log(1-p)), p clipped to [1e-7, 1 - 1e-7].
LossSum binary_cross_entropy(int classes, std::span<const float> outputs,
                             std::span<const std::uint8_t> labels, float scale,
                             std::span<float> doutputs, Targets = {});

/// The same of logits: finite for any finite ones.
LossSum sigmoid_cross_entropy(int classes, std::span<const float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits, Targets = {});

/// The mean over each row of (output - target)².
LossSum squared_error(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                      Targets = {});

/// The mean over each row of |output - target|.
LossSum absolute_error(int classes, std::span<const float> outputs,
                       std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                       Targets = {});

/// Σ target log(target / output), both clipped to [1e-7, 1].
LossSum kl_divergence(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                      Targets = {});

/// Index of the largest of the numbers, the first on ties.
int argmax(std::span<const float> row);

using SoftmaxCrossEntropyFn = decltype(softmax_cross_entropy);
using OutputLossFn = decltype(cross_entropy);

namespace scalar {
SoftmaxCrossEntropyFn softmax_cross_entropy;
}  // namespace scalar

namespace simd128 {
SoftmaxCrossEntropyFn softmax_cross_entropy;
}  // namespace simd128

inline constexpr Variant<SoftmaxCrossEntropyFn> kSoftmaxCrossEntropyVariants[] = {
    {"scalar", &scalar::softmax_cross_entropy}, {"simd128", &simd128::softmax_cross_entropy}};

}  // namespace ziffer::kernels
