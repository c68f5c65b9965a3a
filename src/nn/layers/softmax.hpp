#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// Over the last axis.
struct Softmax {
  static constexpr const char* kClass = "Softmax";
  static constexpr Activation activation = Activation::softmax;

  static constexpr void fields(auto&, auto&) {}

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
