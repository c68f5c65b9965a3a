#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// Rows and columns of zeros at the sides of an image.
struct ZeroPadding2D {
  static constexpr const char* kClass = "ZeroPadding2D";
  Sides padding{1, 1, 1, 1};

  static constexpr void fields(auto& self, auto& v) { v.sides("padding", self.padding); }

  Shaped shape(const Incoming& in) const {
    require_image(in);
    return {Shape{in.shape[0] + padding.top + padding.bottom,
                  in.shape[1] + padding.left + padding.right, in.channels()}};
  }
};

}  // namespace ziffer::nn
