#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// Dropout of whole channels of an image.
struct SpatialDropout2D {
  static constexpr const char* kClass = "SpatialDropout2D";
  float rate = 0.5F;

  static constexpr void fields(auto& self, auto& v) {
    v.number("rate", self.rate, {0, 1, "a rate in [0, 1)", "a negative one", "one of 1 or more"});
  }

  Shaped shape(const Incoming& in) const {
    require_image(in);
    return {in.shape};
  }
};

}  // namespace ziffer::nn
