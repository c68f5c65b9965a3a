#pragma once

#include "nn/augmented.hpp"

namespace ziffer::nn {

/// Active in training only: turns each image about its middle by a share of a whole turn.
struct RandomRotation : Moving {
  static constexpr const char* kClass = "RandomRotation";
  Interval factor = {};

  static constexpr void fields(auto& self, auto& v) {
    v.interval("factor", self.factor, kShare);
    Moving::fields(self, v);
  }

  Shaped shape(const Incoming& in) const { return augmented(in); }
};

}  // namespace ziffer::nn
