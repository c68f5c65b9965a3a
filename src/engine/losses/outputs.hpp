// What a loss is given, and what several of them do with it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/activate.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/loss.hpp"

namespace ziffer::engine {

/// The last activation, where it is left to the loss. Keras's cross-entropies look through either
/// to the logits before it, whichever they are for.
enum class Head { none, softmax, sigmoid };

/// A batch's outputs, logits where there is a head; a loss leaves what predictions show there.
struct Outputs {
  int classes;
  Head head;
  std::span<float> values;               ///< [images][classes]
  std::span<const std::uint8_t> labels;  ///< [images]
  float scale;                           ///< of the gradient
  std::span<float> gradient;             ///< as values, or empty
};

inline int count_correct(const Outputs& o) {
  const auto n = static_cast<std::size_t>(o.classes);
  int correct = 0;
  for (std::size_t i = 0; i < o.labels.size(); ++i) {
    correct += kernels::argmax(o.values.subspan(i * n, n)) == static_cast<int>(o.labels[i]);
  }
  return correct;
}

/// A loss of probabilities; a softmax that was left to it is undone.
template <class Kernel>
kernels::LossSum of_probabilities(const Outputs& o, Kernel kernel) {
  if (o.head == Head::softmax) kernels::softmax(o.values, o.classes);
  const auto sum = kernel(o.classes, o.values, o.labels, o.scale, o.gradient, kernels::Targets{});
  if (o.head == Head::softmax && !o.gradient.empty()) {
    kernels::softmax_gradient(o.values, o.classes, o.gradient);
  }
  return sum;
}

/// The cross-entropy of the softmax that the outputs are logits of.
inline kernels::LossSum of_logits(const Outputs& o, kernels::Targets targets = {}) {
  if (o.head != Head::sigmoid) {
    return kernels::softmax_cross_entropy(o.classes, o.values, o.labels, o.scale, o.gradient,
                                          targets);
  }
  std::vector<float> logits(o.values.begin(), o.values.end());
  auto sum =
      kernels::softmax_cross_entropy(o.classes, logits, o.labels, o.scale, o.gradient, targets);
  activate(nn::Activation::sigmoid, o.classes, o.values);
  sum.correct = count_correct(o);
  return sum;
}

}  // namespace ziffer::engine
