#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// An image without some rows and columns at its sides.
struct Cropping2D {
  static constexpr const char* kClass = "Cropping2D";
  Sides cropping{0, 0, 0, 0};

  static constexpr void fields(auto& self, auto& v) { v.sides("cropping", self.cropping); }

  Shaped shape(const Incoming& in) const {
    require_image(in);
    const int height = in.shape[0] - cropping.top - cropping.bottom;
    const int width = in.shape[1] - cropping.left - cropping.right;
    if (height < 1 || width < 1) {
      throw Error("shape_mismatch",
                  {in.layer, ": nothing is left of ", in.shape.text(), ". Crop less."});
    }
    return {Shape{height, width, in.channels()}};
  }
};

}  // namespace ziffer::nn
