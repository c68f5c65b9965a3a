#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// y = x above 0, negative_slope · x elsewhere.
struct LeakyReLU {
  static constexpr const char* kClass = "LeakyReLU";
  float negative_slope = 0.3F;

  static constexpr void fields(auto& self, auto& v) {
    v.number("negative_slope", self.negative_slope,
             {0, kNoLimit, "a negative_slope of at least 0", "a negative one"});
  }

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
