#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

struct Conv2D {
  static constexpr const char* kClass = "Conv2D";
  int filters = 0;
  Extent kernel_size{0, 0};
  Extent strides{1, 1};
  Padding padding = Padding::valid;
  Activation activation = Activation::linear;
  bool use_bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Initializer bias_initializer = Initializer::zeros;

  static void fields(auto& self, auto& v) {
    v.whole("filters", self.filters, 1, 4096);
    v.extent("kernel_size", self.kernel_size, "a window extent");
    v.extent("strides", self.strides, "a stride");
    v.word("padding", self.padding);
    v.word("activation", self.activation);
    v.flag("use_bias", self.use_bias);
    v.word("kernel_initializer", self.kernel_initializer);
    v.word("bias_initializer", self.bias_initializer);
  }

  Shaped shape(const Incoming& in) const {
    Shape output = windowed(in, kernel_size, strides, padding, filters);
    const std::uint64_t patches =
        count_of(output[0], output[1], kernel_size.height, kernel_size.width, in.channels());
    return {std::move(output),
            kernel_and_bias(Shape{kernel_size.height, kernel_size.width, in.channels(), filters},
                            use_bias, kernel_initializer, bias_initializer),
            patches, product_work(patches, filters)};
  }
};

}  // namespace ziffer::nn
