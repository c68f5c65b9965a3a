#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// Windows of in / groups channels each: group g of the filters sees group g of the channels.
struct Conv2D {
  static constexpr const char* kClass = "Conv2D";
  static constexpr std::array kLater{"dilation_rate", "groups"};
  int filters = 0;
  Extent kernel_size{0, 0};
  Extent strides{1, 1};
  Padding padding = Padding::valid;
  Extent dilation_rate{1, 1};
  int groups = 1;
  Activation activation = Activation::linear;
  bool use_bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Initializer bias_initializer = Initializer::zeros;

  static constexpr void fields(auto& self, auto& v) {
    v.whole("filters", self.filters, 1, 4096);
    v.extent("kernel_size", self.kernel_size, "a window extent");
    v.extent("strides", self.strides, "a stride");
    v.word("padding", self.padding);
    v.extent("dilation_rate", self.dilation_rate, "a dilation");
    v.whole("groups", self.groups, 1, 4096);
    v.word("activation", self.activation);
    v.flag("use_bias", self.use_bias);
    v.word("kernel_initializer", self.kernel_initializer);
    v.word("bias_initializer", self.bias_initializer);
  }

  Shaped shape(const Incoming& in) const {
    Shape output = windowed(in, dilated(kernel_size, dilation_rate), strides, padding, filters);
    require(in);
    const int channels = in.channels() / groups;
    const std::uint64_t patches =
        count_of(output[0], output[1], kernel_size.height, kernel_size.width, channels);
    return {std::move(output),
            kernel_and_bias(Shape{kernel_size.height, kernel_size.width, channels, filters},
                            use_bias, kernel_initializer, bias_initializer),
            patches, count_of(groups, product_work(patches, filters / groups))};
  }

 private:
  void require(const Incoming& in) const {
    constexpr Extent kOne{1, 1};
    if (strides != kOne && dilation_rate != kOne) {
      throw Error("invalid_config", {in.layer,
                                     ": expected strides of 1 with a dilation_rate above 1, "
                                     "got both. Leave one of them at 1."});
    }
    if (filters % groups != 0) {
      throw Error("invalid_config",
                  {in.layer, ": expected filters to be a multiple of groups = ",
                   std::to_string(groups), ", got ", std::to_string(filters), "."});
    }
    if (in.channels() % groups == 0) return;
    throw Error("shape_mismatch",
                {in.layer, ": expected the channels of the input to be a multiple of groups = ",
                 std::to_string(groups), ", got ", in.shape.text(), "."});
  }
};

}  // namespace ziffer::nn
