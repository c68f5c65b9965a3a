// The pair that the lecture's models consist of, in one.
#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/ops/conv_relu_pool.hpp"
#include "engine/ops/weights.hpp"
#include "kernels/conv_pool/conv_pool.hpp"

namespace ziffer::engine {
namespace {

/// Floats of scratch above which the two layers are not fused: packed weights can take eight times
/// what the weights do.
constexpr std::size_t kMostScratch = std::size_t{1} << 25;

kernels::ConvPoolShape shape_of(const nn::Layer& convolution) {
  const auto& c = std::get<nn::Conv2D>(convolution.kind);
  return {convolution.input[0], convolution.input[1], convolution.input[2],
          c.kernel_size.height, c.kernel_size.width,  c.filters};
}

/// Convolution, ReLU and 2×2 max-pooling without the unpooled activations; goes back only through
/// the maxima.
class ConvReluPoolOp final : public Op {
 public:
  ConvReluPoolOp(const nn::Layer& convolution, const nn::Layer& pooling)
      : Op(convolution.input.size(), pooling.output.size()),
        kernel_(convolution, "kernel"),
        bias_(convolution, "bias"),
        shape_(shape_of(convolution)) {
    no_bias_.assign(at(shape_.filters), 0.0F);
  }

  std::size_t scratch_size(bool) const override { return kernels::conv_relu_pool_scratch(shape_); }
  void reserve(int images) override { argmax_.resize(size_of(images, output_size())); }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const std::span<std::uint8_t> argmax =
        pass.keeps ? std::span(argmax_).first(y.size()) : std::span<std::uint8_t>();
    const std::span<const float> bias =
        bias_.size() > 0 ? bias_.of(pass.parameters) : std::span<const float>(no_bias_);
    kernels::conv_relu_pool(shape_, pass.images, x, kernel_.of(pass.parameters), bias, y, argmax,
                            pass.scratch);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    const std::span<const std::uint8_t> argmax = std::span(argmax_).first(dy.size());
    const std::span<float> bias_gradient =
        bias_.size() > 0 ? bias_.of(gradient) : std::span<float>(no_bias_);
    kernels::conv_relu_pool_weight_gradient(shape_, pass.images, x, argmax, dy,
                                            kernel_.of(gradient), bias_gradient, pass.scratch);
    if (bias_.size() == 0) std::ranges::fill(no_bias_, 0.0F);
    if (dx.empty()) return;
    kernels::conv_relu_pool_input_gradient(shape_, pass.images, kernel_.of(pass.parameters), argmax,
                                           dy, dx, pass.scratch);
  }

 private:
  Region kernel_, bias_;
  kernels::ConvPoolShape shape_;
  std::vector<std::uint8_t> argmax_;
  std::vector<float> no_bias_;  ///< zeros that stand in for the bias of a convolution without one
};

}  // namespace

bool fuses(const nn::Layer& convolution, const nn::Layer& pooling) {
  const auto* c = std::get_if<nn::Conv2D>(&convolution.kind);
  const auto* p = std::get_if<nn::MaxPooling2D>(&pooling.kind);
  constexpr nn::Extent kOne{1, 1}, kTwo{2, 2};
  return c != nullptr && p != nullptr && c->activation == nn::Activation::relu &&
         c->strides == kOne && c->dilation_rate == kOne && c->groups == 1 &&
         c->padding == nn::Padding::valid && p->pool_size == kTwo && p->strides == kTwo &&
         p->padding == nn::Padding::valid &&
         kernels::conv_relu_pool_scratch(shape_of(convolution)) <= kMostScratch;
}

std::unique_ptr<Op> make_fused_op(const nn::Layer& convolution, const nn::Layer& pooling) {
  return std::make_unique<ConvReluPoolOp>(convolution, pooling);
}

}  // namespace ziffer::engine
