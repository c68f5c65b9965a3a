#pragma once

#include <array>

#include "config/number_range.hpp"
#include "engine/losses/outputs.hpp"

namespace ziffer::engine {

inline constexpr NumberRange kSmoothing{0, up_to(1), "a label_smoothing in [0, 1]"};

/// Keras's cross-entropy to one-hot labels; here labels are numbers.
struct CategoricalCrossentropy {
  static constexpr const char* kName = "categorical_crossentropy";
  static constexpr bool kSeesLogits = true;
  static constexpr std::array kLater{"label_smoothing"};
  /// The outputs are logits: their softmax is meant.
  bool from_logits = false;
  /// The share of each label that all classes have alike.
  float label_smoothing = 0;

  static constexpr void fields(auto& self, auto& v) {
    v.flag("from_logits", self.from_logits);
    v.number("label_smoothing", self.label_smoothing, kSmoothing);
  }

  /// The sum over the images.
  kernels::LossSum operator()(const Outputs& o) const {
    const float off = label_smoothing / static_cast<float>(o.classes);
    const kernels::Targets targets{1.0F - label_smoothing + off, off};
    if (o.head != Head::none || from_logits) return of_logits(o, targets);
    return kernels::cross_entropy(o.classes, o.values, o.labels, o.scale, o.gradient, targets);
  }
};

}  // namespace ziffer::engine
