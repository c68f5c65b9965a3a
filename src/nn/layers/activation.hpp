#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// Keras's `Activation` layer.
struct ActivationLayer {
  static constexpr const char* kClass = "Activation";
  Activation activation = Activation::linear;

  static constexpr void fields(auto& self, auto& v) { v.word("activation", self.activation); }

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
