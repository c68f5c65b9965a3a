#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// An image whose rows and columns are `size` times as many: each again and again, or with what
/// lies between neighbours.
struct UpSampling2D {
  static constexpr const char* kClass = "UpSampling2D";
  Extent size{2, 2};
  Interpolation interpolation = Interpolation::nearest;

  static constexpr void fields(auto& self, auto& v) {
    v.extent("size", self.size, "a size");
    v.word("interpolation", self.interpolation);
  }

  Shaped shape(const Incoming& in) const {
    require_image(in);
    return {Shape{in.shape[0] * size.height, in.shape[1] * size.width, in.channels()}};
  }
};

}  // namespace ziffer::nn
