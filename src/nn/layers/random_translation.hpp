#pragma once

#include "nn/augmented.hpp"

namespace ziffer::nn {

/// Active in training only: moves each image by shares of its height, downwards, and of its width.
struct RandomTranslation : Moving {
  static constexpr const char* kClass = "RandomTranslation";
  Interval height_factor = {}, width_factor = {};

  static constexpr void fields(auto& self, auto& v) {
    v.interval("height_factor", self.height_factor, kShare);
    v.interval("width_factor", self.width_factor, kShare);
    Moving::fields(self, v);
  }

  Shaped shape(const Incoming& in) const { return augmented(in); }
};

}  // namespace ziffer::nn
