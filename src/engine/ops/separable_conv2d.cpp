// Convolution of each channel by itself, and of all of them at each place.
#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/activate.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"
#include "engine/ops/window.hpp"
#include "kernels/depthwise.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/gemm.hpp"

namespace ziffer::engine {
namespace {

/// One image at a time; going back, what lies between the two is computed again.
class SeparableConvolutionOp final : public Op {
 public:
  SeparableConvolutionOp(const nn::Layer& layer, const nn::SeparableConv2D& c,
                         nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        depthwise_(layer, "depthwise_kernel"),
        pointwise_(layer, "pointwise_kernel"),
        bias_(layer, "bias"),
        activation_(activation),
        shape_{window_shape(layer, c.kernel_size, c.strides, c.padding, c.dilation_rate),
               c.depth_multiplier},
        positions_(shape_.window.out_height * shape_.window.out_width),
        filters_(c.filters) {}

  /// What lies between; going back its gradient, the gradient of the pointwise kernel for one image
  /// and the product's own.
  std::size_t scratch_size(bool training) const override {
    if (!training) return between_size();
    return sum_of(between_size(), between_size(), pointwise_.size(),
                  kernels::gemm_scratch({positions_, shape_.outputs(), filters_}));
  }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const std::span<float> between = pass.scratch.first(between_size());
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::depthwise(shape_, x.subspan(i * input_size(), input_size()),
                         depthwise_.of(pass.parameters), {}, between);
      kernels::gemm({positions_, filters_, shape_.outputs()}, between,
                    pointwise_.of(pass.parameters), bias_.of(pass.parameters),
                    y.subspan(i * output_size(), output_size()), {});
    }
    activate(activation_, filters_, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, filters_, y, dy);
    std::ranges::fill(depthwise_.of(gradient), 0.0F);
    std::ranges::fill(pointwise_.of(gradient), 0.0F);
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const auto of_image = [i](auto span, std::size_t size) {
        return span.subspan(i * size, size);
      };
      back(pass, of_image(x, input_size()), of_image(dy, output_size()),
           dx.empty() ? dx : of_image(dx, input_size()), gradient);
    }
    if (bias_.size() > 0) kernels::column_sums(dy, filters_, bias_.of(gradient));
  }

 private:
  /// Of one image; adds to the gradients.
  void back(const Pass& pass, std::span<const float> x, std::span<const float> dy,
            std::span<float> dx, std::span<float> gradient) const {
    const int channels = shape_.outputs();
    const std::span<float> between = pass.scratch.first(between_size());
    const std::span<float> d = pass.scratch.subspan(between_size(), between_size());
    const std::span<float> one = pass.scratch.subspan(2 * between_size(), pointwise_.size());
    const std::span<float> rest = pass.scratch.subspan(2 * between_size() + pointwise_.size());
    kernels::depthwise(shape_, x, depthwise_.of(pass.parameters), {}, between);
    kernels::gemm_at({channels, filters_, positions_}, between, dy, one, rest);
    kernels::add(one, pointwise_.of(gradient));
    kernels::gemm_bt({positions_, channels, filters_}, dy, pointwise_.of(pass.parameters), d, rest);
    kernels::depthwise_weight_gradient(shape_, x, d, depthwise_.of(gradient));
    if (!dx.empty()) {
      kernels::depthwise_input_gradient(shape_, depthwise_.of(pass.parameters), d, dx);
    }
  }

  std::size_t between_size() const { return size_of(positions_, shape_.outputs()); }

  Region depthwise_, pointwise_, bias_;
  nn::Activation activation_;
  kernels::DepthwiseShape shape_;
  int positions_, filters_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::SeparableConv2D& settings, const nn::Layer& layer,
                         nn::Activation activation) {
  return std::make_unique<SeparableConvolutionOp>(layer, settings, activation);
}

}  // namespace ziffer::engine
