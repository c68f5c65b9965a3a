#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

struct MaxPooling2D {
  static constexpr const char* kClass = "MaxPooling2D";
  Extent pool_size{2, 2};
  Extent strides{2, 2};
  Padding padding = Padding::valid;

  static constexpr void fields(auto& self, auto& v) {
    v.extent("pool_size", self.pool_size, "a window extent");
    v.word("padding", self.padding);
    v.extent("strides", self.strides, "a stride");
  }

  Shaped shape(const Incoming& in) const { return pooled(in, pool_size, strides, padding); }
};

}  // namespace ziffer::nn
