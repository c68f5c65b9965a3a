// Convolution and pooling: the general operations for every size, stride and padding, and the fused
// one for the pair that the lecture's models consist of.
#include <algorithm>
#include <limits>

#include "engine/op.hpp"
#include "engine/ops.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/gemm.hpp"
#include "kernels/window.hpp"

namespace ziffer::engine {
namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

kernels::WindowShape window_shape(const nn::Layer& layer, nn::Extent window, nn::Extent strides,
                                  nn::Padding padding) {
  const nn::ResolvedWindow r = nn::resolve_window(layer.input, window, strides, padding);
  return {layer.input[0], layer.input[1], layer.input[2], window.height,
          window.width,   strides.height, strides.width,  r.top,
          r.left,         r.out_height,   r.out_width};
}

/// Patches times matrix, one image at a time: y = im2col(x) · W + b.
class ConvolutionOp final : public Op {
 public:
  ConvolutionOp(const nn::Layer& layer, const nn::Conv2D& c, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        weights_(layer),
        activation_(activation),
        window_(window_shape(layer, c.kernel_size, c.strides, c.padding)),
        positions_(window_.out_height * window_.out_width),
        patch_(window_.window_height * window_.window_width * window_.channels),
        filters_(c.filters) {}

  /// The patches of one image, one kernel gradient to add up from, and the products' own.
  std::size_t scratch_size(int) const override {
    return patches_size() + weights_.kernel_size + at(filters_) +
           std::max({kernels::gemm_scratch({positions_, filters_, patch_}),
                     kernels::gemm_scratch({patch_, filters_, positions_}),
                     kernels::gemm_scratch({positions_, patch_, filters_})});
  }
  void reserve(int) override {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const std::span<float> patches = pass.scratch.first(patches_size());
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::im2col(window_, x.subspan(i * input_size(), input_size()), patches);
      kernels::gemm({positions_, filters_, patch_}, patches, weights_.kernel_of(pass.parameters),
                    weights_.bias_of(pass.parameters), y.subspan(i * output_size(), output_size()),
                    rest(pass));
    }
    activate(activation_, filters_, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, filters_, y, dy);
    const std::span<float> patches = pass.scratch.first(patches_size());
    const std::span<float> one = pass.scratch.subspan(patches_size(), weights_.kernel_size);
    const std::span<float> kernel_gradient = weights_.kernel_of(gradient);
    std::ranges::fill(kernel_gradient, 0.0F);
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const std::span<const float> d = dy.subspan(i * output_size(), output_size());
      kernels::im2col(window_, x.subspan(i * input_size(), input_size()), patches);
      kernels::gemm_at({patch_, filters_, positions_}, patches, d, one, rest(pass));
      kernels::add(one, kernel_gradient);
      if (dx.empty()) continue;
      kernels::gemm_bt({positions_, patch_, filters_}, d, weights_.kernel_of(pass.parameters),
                       patches, rest(pass));
      kernels::col2im(window_, patches, dx.subspan(i * input_size(), input_size()));
    }
    if (weights_.bias_size > 0) kernels::column_sums(dy, filters_, weights_.bias_of(gradient));
  }

 private:
  std::size_t patches_size() const { return at(positions_) * at(patch_); }
  std::span<float> rest(const Pass& pass) const {
    return pass.scratch.subspan(patches_size() + weights_.kernel_size + at(filters_));
  }

  Weights weights_;
  nn::Activation activation_;
  kernels::WindowShape window_;
  int positions_, patch_, filters_;
};

class MaxPoolingOp final : public Op {
 public:
  MaxPoolingOp(const nn::Layer& layer, const nn::MaxPooling2D& p)
      : Op(layer.input.size(), layer.output.size()),
        window_(window_shape(layer, p.pool_size, p.strides, p.padding)),
        where_(layer.output.size()) {}

  std::size_t scratch_size(int) const override { return 0; }
  void reserve(int images) override { where_.resize(at(images) * output_size()); }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      // Inference keeps nothing, and writes the places of each image over the last one's.
      const std::size_t place = pass.keeps ? i * output_size() : 0;
      kernels::max_pool(window_, x.subspan(i * input_size(), input_size()),
                        y.subspan(i * output_size(), output_size()),
                        std::span(where_).subspan(place, output_size()));
    }
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::max_pool_gradient(window_, dy.subspan(i * output_size(), output_size()),
                                 std::span(where_).subspan(i * output_size(), output_size()),
                                 dx.subspan(i * input_size(), input_size()));
    }
  }

 private:
  kernels::WindowShape window_;
  std::vector<std::uint16_t> where_;
};

class AveragePoolingOp final : public Op {
 public:
  AveragePoolingOp(const nn::Layer& layer, const nn::AveragePooling2D& p)
      : Op(layer.input.size(), layer.output.size()),
        window_(window_shape(layer, p.pool_size, p.strides, p.padding)) {}

  std::size_t scratch_size(int) const override { return 0; }
  void reserve(int) override {}
  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::average_pool(window_, x.subspan(i * input_size(), input_size()),
                            y.subspan(i * output_size(), output_size()));
    }
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::average_pool_gradient(window_, dy.subspan(i * output_size(), output_size()),
                                     dx.subspan(i * input_size(), input_size()));
    }
  }

 private:
  kernels::WindowShape window_;
};

/// Convolution, ReLU and 2×2 max-pooling without the unpooled activations; goes back only through
/// the maxima.
class ConvReluPoolOp final : public Op {
 public:
  ConvReluPoolOp(const nn::Layer& convolution, const nn::Layer& pooling)
      : Op(convolution.input.size(), pooling.output.size()), weights_(convolution) {
    const auto& c = std::get<nn::Conv2D>(convolution.kind);
    shape_ = {convolution.input[0], convolution.input[1], convolution.input[2],
              c.kernel_size.height, c.kernel_size.width,  c.filters};
    no_bias_.assign(at(c.filters), 0.0F);
  }

  std::size_t scratch_size(int images) const override {
    return kernels::conv_relu_pool_scratch(shape_, images);
  }
  void reserve(int images) override { argmax_.resize(at(images) * output_size()); }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const std::span<std::uint8_t> argmax =
        pass.keeps ? std::span(argmax_).first(y.size()) : std::span<std::uint8_t>();
    const std::span<const float> bias = weights_.bias_size > 0 ? weights_.bias_of(pass.parameters)
                                                               : std::span<const float>(no_bias_);
    kernels::conv_relu_pool(shape_, pass.images, x, weights_.kernel_of(pass.parameters), bias, y,
                            argmax, pass.scratch);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    const std::span<const std::uint8_t> argmax = std::span(argmax_).first(dy.size());
    const std::span<float> bias_gradient =
        weights_.bias_size > 0 ? weights_.bias_of(gradient) : std::span<float>(no_bias_);
    kernels::conv_relu_pool_weight_gradient(shape_, pass.images, x, argmax, dy,
                                            weights_.kernel_of(gradient), bias_gradient,
                                            pass.scratch);
    if (weights_.bias_size == 0) std::ranges::fill(no_bias_, 0.0F);
    if (dx.empty()) return;
    kernels::conv_relu_pool_input_gradient(shape_, pass.images, weights_.kernel_of(pass.parameters),
                                           argmax, dy, dx, pass.scratch);
  }

 private:
  Weights weights_;
  kernels::ConvPoolShape shape_{};
  std::vector<std::uint8_t> argmax_;
  std::vector<float> no_bias_;  ///< zeros that stand in for the bias of a convolution without one
};

}  // namespace

std::unique_ptr<Op> make_convolution(const nn::Layer& layer, const nn::Conv2D& c,
                                     nn::Activation activation) {
  return std::make_unique<ConvolutionOp>(layer, c, activation);
}
std::unique_ptr<Op> make_max_pooling(const nn::Layer& layer, const nn::MaxPooling2D& p) {
  return std::make_unique<MaxPoolingOp>(layer, p);
}
std::unique_ptr<Op> make_average_pooling(const nn::Layer& layer, const nn::AveragePooling2D& p) {
  return std::make_unique<AveragePoolingOp>(layer, p);
}

bool fuses(const nn::Layer& convolution, const nn::Layer& pooling) {
  const auto* c = std::get_if<nn::Conv2D>(&convolution.kind);
  const auto* p = std::get_if<nn::MaxPooling2D>(&pooling.kind);
  constexpr nn::Extent kOne{1, 1}, kTwo{2, 2};
  return c != nullptr && p != nullptr && c->activation == nn::Activation::relu &&
         c->strides == kOne && c->padding == nn::Padding::valid && p->pool_size == kTwo &&
         p->strides == kTwo && p->padding == nn::Padding::valid;
}

std::unique_ptr<Op> make_fused_op(const nn::Layer& convolution, const nn::Layer& pooling) {
  return std::make_unique<ConvReluPoolOp>(convolution, pooling);
}

}  // namespace ziffer::engine
