#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "kernels/loss.hpp"

namespace ziffer::engine {

/// Keras's categorical and sparse categorical cross-entropy, which differ in the form of their
/// labels alone; here labels are numbers.
struct CategoricalCrossentropy {
  static constexpr std::array kNames{"categorical_crossentropy", "sparse_categorical_crossentropy"};
  /// The outputs are logits: their softmax is meant.
  bool from_logits = false;

  static void fields(auto& self, auto& v) { v.flag("from_logits", self.from_logits); }

  /// `logits`: the outputs are logits, since the model's last softmax was left to the loss; they
  /// become probabilities. Sums over the images; `gradient` is empty or [images][classes],
  /// multiplied by `scale`.
  kernels::LossSum operator()(int classes, bool logits, std::span<float> outputs,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> gradient) const {
    return logits || from_logits
               ? kernels::softmax_cross_entropy(classes, outputs, labels, scale, gradient)
               : kernels::cross_entropy(classes, outputs, labels, scale, gradient);
  }
};

}  // namespace ziffer::engine
