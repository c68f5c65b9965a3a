// Convolution of every size, stride, padding and dilation.
#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/activate.hpp"
#include "engine/ops/conv3x3.hpp"
#include "engine/ops/grouped_conv2d.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"
#include "engine/ops/window.hpp"
#include "kernels/conv.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/gemm.hpp"

namespace ziffer::engine {
namespace {

/// Patches times matrix, one image at a time: y = im2col(x) · W + b.
class ConvolutionOp final : public Op {
 public:
  ConvolutionOp(const nn::Layer& layer, const nn::Conv2D& c, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        kernel_(layer, "kernel"),
        bias_(layer, "bias"),
        activation_(activation),
        window_(window_shape(layer, c.kernel_size, c.strides, c.padding, c.dilation_rate)),
        positions_(window_.out_height * window_.out_width),
        patch_(window_.window_height * window_.window_width * window_.channels),
        filters_(c.filters),
        in_place_(kernels::conv_in_place(window_, filters_)) {}

  /// The patches of one image, or it with its border; going back, one kernel gradient to add up
  /// from and the product's own.
  std::size_t scratch_size(bool training) const override {
    if (!training) return patches_size();
    return sum_of(patches_size(), kernel_.size(),
                  kernels::gemm_scratch({positions_, patch_, filters_}));
  }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const std::span<float> patches = pass.scratch.first(patches_size());
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const std::span<const float> image = x.subspan(i * input_size(), input_size());
      const std::span<float> out = y.subspan(i * output_size(), output_size());
      const auto w = kernel_.of(pass.parameters), bias = bias_.of(pass.parameters);
      if (in_place_) {
        kernels::conv(window_, filters_, image, w, bias, out, patches);
        continue;
      }
      kernels::im2col(window_, image, patches);
      kernels::gemm({positions_, filters_, patch_}, patches, w, bias, out, {});
    }
    activate(activation_, filters_, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, filters_, y, dy);
    const std::span<float> patches = pass.scratch.first(patches_size());
    const std::span<float> one = pass.scratch.subspan(patches_size(), kernel_.size());
    const std::span<float> kernel_gradient = kernel_.of(gradient);
    std::ranges::fill(kernel_gradient, 0.0F);
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const std::span<const float> d = dy.subspan(i * output_size(), output_size());
      const std::span<const float> image = x.subspan(i * input_size(), input_size());
      if (in_place_) {
        kernels::conv_weight_gradient(window_, filters_, image, d, one, patches);
      } else {
        kernels::im2col(window_, image, patches);
        kernels::gemm_at({patch_, filters_, positions_}, patches, d, one, rest(pass));
      }
      kernels::add(one, kernel_gradient);
      if (dx.empty()) continue;
      kernels::gemm_bt({positions_, patch_, filters_}, d, kernel_.of(pass.parameters), patches,
                       rest(pass));
      kernels::col2im(window_, patches, dx.subspan(i * input_size(), input_size()));
    }
    if (bias_.size() > 0) kernels::column_sums(dy, filters_, bias_.of(gradient));
  }

 private:
  std::size_t patches_size() const {
    return std::max(size_of(positions_, patch_), kernels::conv_scratch(window_));
  }
  std::span<float> rest(const Pass& pass) const {
    return pass.scratch.subspan(patches_size() + kernel_.size());
  }

  Region kernel_, bias_;
  nn::Activation activation_;
  kernels::WindowShape window_;
  int positions_, patch_, filters_;
  bool in_place_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::Conv2D& settings, const nn::Layer& layer,
                         nn::Activation activation) {
  if (settings.groups > 1) return make_grouped_op(settings, layer, activation);
  if (auto op = make_conv3x3_op(settings, layer, activation)) return op;
  return std::make_unique<ConvolutionOp>(layer, settings, activation);
}

}  // namespace ziffer::engine
