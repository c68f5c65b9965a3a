#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// A product over the last axis, at each place of the others: [n] → [units], [h, w, n] → [h, w,
/// units].
struct Dense {
  static constexpr const char* kClass = "Dense";
  int units = 0;
  Activation activation = Activation::linear;
  bool use_bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Initializer bias_initializer = Initializer::zeros;

  static constexpr void fields(auto& self, auto& v) {
    v.whole("units", self.units, 1, 65536);
    v.word("activation", self.activation);
    v.flag("use_bias", self.use_bias);
    v.word("kernel_initializer", self.kernel_initializer);
    v.word("bias_initializer", self.bias_initializer);
  }

  Shaped shape(const Incoming& in) const {
    std::vector<int> output = in.shape.dims();
    output.back() = units;
    return {Shape(std::move(output)),
            kernel_and_bias(Shape{in.channels(), units}, use_bias, kernel_initializer,
                            bias_initializer),
            0, product_work(in.shape.size(), units)};
  }
};

}  // namespace ziffer::nn
