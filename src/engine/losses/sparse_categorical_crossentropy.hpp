#pragma once

#include "engine/losses/outputs.hpp"

namespace ziffer::engine {

/// Keras's cross-entropy to labels that are numbers: of a softmax or of logits the same as that to
/// one-hot ones, of other outputs not.
struct SparseCategoricalCrossentropy {
  static constexpr const char* kName = "sparse_categorical_crossentropy";
  static constexpr bool kSeesLogits = true;
  bool from_logits = false;

  static constexpr void fields(auto& self, auto& v) { v.flag("from_logits", self.from_logits); }

  kernels::LossSum operator()(const Outputs& o) const {
    if (o.head != Head::none || from_logits) return of_logits(o);
    return kernels::sparse_cross_entropy(o.classes, o.values, o.labels, o.scale, o.gradient);
  }
};

}  // namespace ziffer::engine
