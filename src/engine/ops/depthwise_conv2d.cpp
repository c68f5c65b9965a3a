// Convolution of each channel by itself.
#include <algorithm>

#include "core/index.hpp"
#include "engine/activate.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"
#include "engine/ops/window.hpp"
#include "kernels/depthwise.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

class DepthwiseConvolutionOp final : public Op {
 public:
  DepthwiseConvolutionOp(const nn::Layer& layer, const nn::DepthwiseConv2D& c,
                         nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        kernel_(layer, "kernel"),
        bias_(layer, "bias"),
        activation_(activation),
        shape_{window_shape(layer, c.kernel_size, c.strides, c.padding, c.dilation_rate),
               c.depth_multiplier} {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::depthwise(shape_, x.subspan(i * input_size(), input_size()),
                         kernel_.of(pass.parameters), bias_.of(pass.parameters),
                         y.subspan(i * output_size(), output_size()));
    }
    activate(activation_, shape_.outputs(), y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, shape_.outputs(), y, dy);
    const std::span<float> kernel_gradient = kernel_.of(gradient);
    std::ranges::fill(kernel_gradient, 0.0F);
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const std::span<const float> d = dy.subspan(i * output_size(), output_size());
      kernels::depthwise_weight_gradient(shape_, x.subspan(i * input_size(), input_size()), d,
                                         kernel_gradient);
      if (dx.empty()) continue;
      kernels::depthwise_input_gradient(shape_, kernel_.of(pass.parameters), d,
                                        dx.subspan(i * input_size(), input_size()));
    }
    if (bias_.size() > 0) kernels::column_sums(dy, shape_.outputs(), bias_.of(gradient));
  }

 private:
  Region kernel_, bias_;
  nn::Activation activation_;
  kernels::DepthwiseShape shape_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::DepthwiseConv2D& settings, const nn::Layer& layer,
                         nn::Activation activation) {
  return std::make_unique<DepthwiseConvolutionOp>(layer, settings, activation);
}

}  // namespace ziffer::engine
