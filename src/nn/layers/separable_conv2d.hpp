#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// A depthwise convolution, then a product over all its channels at each place.
struct SeparableConv2D {
  static constexpr const char* kClass = "SeparableConv2D";
  int filters = 0;
  Extent kernel_size{0, 0};
  Extent strides{1, 1};
  Padding padding = Padding::valid;
  Extent dilation_rate{1, 1};
  int depth_multiplier = 1;
  Activation activation = Activation::linear;
  bool use_bias = true;
  Initializer depthwise_initializer = Initializer::glorot_uniform;
  Initializer pointwise_initializer = Initializer::glorot_uniform;
  Initializer bias_initializer = Initializer::zeros;

  static constexpr void fields(auto& self, auto& v) {
    v.whole("filters", self.filters, 1, 4096);
    v.extent("kernel_size", self.kernel_size, "a window extent");
    v.extent("strides", self.strides, "a stride");
    v.word("padding", self.padding);
    v.extent("dilation_rate", self.dilation_rate, "a dilation");
    v.whole("depth_multiplier", self.depth_multiplier, 1, 256);
    v.word("activation", self.activation);
    v.flag("use_bias", self.use_bias);
    v.word("depthwise_initializer", self.depthwise_initializer);
    v.word("pointwise_initializer", self.pointwise_initializer);
    v.word("bias_initializer", self.bias_initializer);
  }

  Shaped shape(const Incoming& in) const {
    Shaped out =
        convolved_depthwise(in, kernel_size, strides, padding, depth_multiplier, dilation_rate);
    const Shape between = out.output;
    out.output = Shape{between[0], between[1], filters};
    out.patches = between.size();
    out.work += product_work(between.size(), filters);
    out.parameters = {drawn_as_kernel("depthwise_kernel",
                                      Shape{kernel_size.height, kernel_size.width, in.channels(),
                                            depth_multiplier},
                                      depthwise_initializer),
                      drawn_as_kernel("pointwise_kernel", Shape{1, 1, between[2], filters},
                                      pointwise_initializer)};
    if (use_bias) out.parameters.push_back(per_channel("bias", filters, bias_initializer));
    return out;
  }
};

}  // namespace ziffer::nn
