#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// y = x · scale + offset.
struct Rescaling {
  static constexpr const char* kClass = "Rescaling";
  float scale = 1;
  float offset = 0;

  static constexpr void fields(auto& self, auto& v) {
    v.number("scale", self.scale);
    v.number("offset", self.offset);
  }

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
