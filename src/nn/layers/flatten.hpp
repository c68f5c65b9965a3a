#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

struct Flatten {
  static constexpr const char* kClass = "Flatten";
  /// The numbers stay where they are, only their shape changes.
  static constexpr bool kOnlyShape = true;

  static constexpr void fields(auto&, auto&) {}

  Shaped shape(const Incoming& in) const { return {Shape{static_cast<int>(in.shape.size())}}; }
};

}  // namespace ziffer::nn
