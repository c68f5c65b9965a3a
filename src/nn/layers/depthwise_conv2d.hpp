#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// Each channel by itself, with depth_multiplier windows of its own: [h, w, c] → [h', w', c · m].
struct DepthwiseConv2D {
  static constexpr const char* kClass = "DepthwiseConv2D";
  Extent kernel_size{0, 0};
  Extent strides{1, 1};
  Padding padding = Padding::valid;
  int depth_multiplier = 1;
  Extent dilation_rate{1, 1};
  Activation activation = Activation::linear;
  bool use_bias = true;
  Initializer depthwise_initializer = Initializer::glorot_uniform;
  Initializer bias_initializer = Initializer::zeros;

  static constexpr void fields(auto& self, auto& v) {
    v.extent("kernel_size", self.kernel_size, "a window extent");
    v.extent("strides", self.strides, "a stride");
    v.word("padding", self.padding);
    v.whole("depth_multiplier", self.depth_multiplier, 1, 256);
    v.extent("dilation_rate", self.dilation_rate, "a dilation");
    v.word("activation", self.activation);
    v.flag("use_bias", self.use_bias);
    v.word("depthwise_initializer", self.depthwise_initializer);
    v.word("bias_initializer", self.bias_initializer);
  }

  Shaped shape(const Incoming& in) const {
    Shaped out =
        convolved_depthwise(in, kernel_size, strides, padding, depth_multiplier, dilation_rate);
    const int channels = out.output[2];
    out.parameters.push_back(drawn_as_kernel(
        "kernel", Shape{kernel_size.height, kernel_size.width, in.channels(), depth_multiplier},
        depthwise_initializer));
    if (use_bias) out.parameters.push_back(per_channel("bias", channels, bias_initializer));
    return out;
  }
};

}  // namespace ziffer::nn
