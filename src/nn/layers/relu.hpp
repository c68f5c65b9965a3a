#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

struct ReLU {
  static constexpr const char* kClass = "ReLU";
  static constexpr Activation activation = Activation::relu;

  static void fields(auto&, auto&) {}

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
