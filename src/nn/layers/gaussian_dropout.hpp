#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// Active in training only: each input is multiplied by a normal number of mean 1 and deviation
/// √(rate / (1 − rate)).
struct GaussianDropout {
  static constexpr const char* kClass = "GaussianDropout";
  float rate = 0.5F;

  static constexpr void fields(auto& self, auto& v) {
    v.number("rate", self.rate, {0, 1, "a rate in [0, 1)", "a negative one", "one of 1 or more"});
  }

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
