#include "engine/ops/conv3x3.hpp"

#include "engine/activate.hpp"
#include "engine/ops/weights.hpp"
#include "engine/ops/window.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/winograd.hpp"

namespace ziffer::engine {
namespace {

class Conv3x3Op final : public Op {
 public:
  Conv3x3Op(const nn::Layer& layer, const kernels::Conv3x3Shape& shape, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        kernel_(layer, "kernel"),
        bias_(layer, "bias"),
        shape_(shape),
        activation_(activation) {}

  std::size_t scratch_size(bool) const override { return kernels::conv3x3_scratch(shape_); }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    kernels::conv3x3(shape_, pass.images, x, kernel_.of(pass.parameters), bias_.of(pass.parameters),
                     y, pass.scratch);
    activate(activation_, shape_.filters, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, shape_.filters, y, dy);
    kernels::conv3x3_weight_gradient(shape_, pass.images, x, dy, kernel_.of(gradient),
                                     pass.scratch);
    if (bias_.size() > 0) kernels::column_sums(dy, shape_.filters, bias_.of(gradient));
    if (dx.empty()) return;
    kernels::conv3x3_input_gradient(shape_, pass.images, kernel_.of(pass.parameters), dy, dx,
                                    pass.scratch);
  }

 private:
  Region kernel_, bias_;
  kernels::Conv3x3Shape shape_;
  nn::Activation activation_;
};

}  // namespace

std::unique_ptr<Op> make_conv3x3_op(const nn::Conv2D& c, const nn::Layer& layer,
                                    nn::Activation activation) {
  constexpr nn::Extent kOne{1, 1}, kThree{3, 3};
  if (c.kernel_size != kThree || c.strides != kOne || c.dilation_rate != kOne || c.groups > 1)
    return nullptr;
  const kernels::WindowShape w = window_shape(layer, kThree, kOne, c.padding);
  const kernels::Conv3x3Shape shape{w.height, w.width,      w.channels,  w.top,
                                    w.left,   w.out_height, w.out_width, c.filters};
  if (!kernels::conv3x3_pays(shape)) return nullptr;
  return std::make_unique<Conv3x3Op>(layer, shape, activation);
}

}  // namespace ziffer::engine
