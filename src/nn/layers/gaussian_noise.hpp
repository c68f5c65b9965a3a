#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// Active in training only: a normal number of deviation `stddev` is added to each input.
struct GaussianNoise {
  static constexpr const char* kClass = "GaussianNoise";
  float stddev = 0.1F;

  static constexpr void fields(auto& self, auto& v) {
    v.number("stddev", self.stddev,
             {0, up_to(1), "a stddev from 0 to 1", "a negative one", "a larger one"});
  }

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
