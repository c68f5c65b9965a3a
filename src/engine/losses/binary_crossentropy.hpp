#pragma once

#include "engine/losses/categorical_crossentropy.hpp"

namespace ziffer::engine {

/// Keras's binary cross-entropy of each output to its one-hot label.
struct BinaryCrossentropy {
  static constexpr const char* kName = "binary_crossentropy";
  static constexpr bool kSeesLogits = true;
  /// The outputs are logits: their sigmoid is meant.
  bool from_logits = false;
  /// Moves labels towards one half.
  float label_smoothing = 0;

  static constexpr void fields(auto& self, auto& v) {
    v.flag("from_logits", self.from_logits);
    v.number("label_smoothing", self.label_smoothing, kSmoothing);
  }

  kernels::LossSum operator()(const Outputs& o) const {
    const float off = 0.5F * label_smoothing;
    const kernels::Targets targets{1.0F - label_smoothing + off, off};
    const bool logits = o.head != Head::none || from_logits;
    const auto kernel = logits ? &kernels::sigmoid_cross_entropy : &kernels::binary_cross_entropy;
    auto sum = kernel(o.classes, o.values, o.labels, o.scale, o.gradient, targets);
    if (!logits) return sum;
    const auto shown = o.head == Head::softmax ? nn::Activation::softmax : nn::Activation::sigmoid;
    activate(shown, o.classes, o.values);
    sum.correct = count_correct(o);
    return sum;
  }
};

}  // namespace ziffer::engine
