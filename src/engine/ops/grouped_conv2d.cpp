#include "engine/ops/grouped_conv2d.hpp"

#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/activate.hpp"
#include "engine/ops/weights.hpp"
#include "engine/ops/window.hpp"
#include "kernels/columns.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/gemm.hpp"

namespace ziffer::engine {
namespace {

kernels::WindowShape window_of_group(const nn::Layer& layer, const nn::Conv2D& c) {
  kernels::WindowShape window =
      window_shape(layer, c.kernel_size, c.strides, c.padding, c.dilation_rate);
  window.channels /= c.groups;
  return window;
}

/// A group's channels and its columns of the kernel are laid out by themselves; then it is a
/// convolution as any other: patches times matrix.
class GroupedConvolutionOp final : public Op {
 public:
  GroupedConvolutionOp(const nn::Layer& layer, const nn::Conv2D& c, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        kernel_(layer, "kernel"),
        bias_(layer, "bias"),
        activation_(activation),
        window_(window_of_group(layer, c)),
        groups_(c.groups),
        filters_(c.filters / c.groups),
        positions_(window_.out_height * window_.out_width),
        patch_(window_.window_height * window_.window_width * window_.channels) {}

  std::size_t scratch_size(bool training) const override {
    const std::size_t forward = sum_of(input_size() / at(groups_), output_size() / at(groups_),
                                       patches_size(), weights_size());
    if (!training) return forward;
    return sum_of(forward, weights_size(), weights_size(),
                  kernels::gemm_scratch({positions_, patch_, filters_}));
  }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const Parts s = parts(pass);
    for (int g = 0; g < groups_; ++g) {
      kernels::take_columns(outputs_of(g), kernel_.of(pass.parameters), s.kernel);
      for (std::size_t i = 0; i < at(pass.images); ++i) {
        lay_out(g, x.subspan(i * input_size(), input_size()), s);
        kernels::gemm({positions_, filters_, patch_}, s.patches, s.kernel,
                      bias_of(g, pass.parameters), s.output, {});
        kernels::put_columns(outputs_of(g), s.output, y.subspan(i * output_size(), output_size()));
      }
    }
    activate(activation_, filters_ * groups_, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, filters_ * groups_, y, dy);
    const Parts s = parts(pass);
    const std::span<float> sum = s.rest.first(weights_size());
    const std::span<float> one = s.rest.subspan(weights_size(), weights_size());
    const std::span<float> own = s.rest.subspan(2 * weights_size());
    for (int g = 0; g < groups_; ++g) {
      kernels::take_columns(outputs_of(g), kernel_.of(pass.parameters), s.kernel);
      std::ranges::fill(sum, 0.0F);
      for (std::size_t i = 0; i < at(pass.images); ++i) {
        kernels::take_columns(outputs_of(g), dy.subspan(i * output_size(), output_size()),
                              s.output);
        lay_out(g, x.subspan(i * input_size(), input_size()), s);
        kernels::gemm_at({patch_, filters_, positions_}, s.patches, s.output, one, own);
        kernels::add(one, sum);
        if (dx.empty()) continue;
        kernels::gemm_bt({positions_, patch_, filters_}, s.output, s.kernel, s.patches, own);
        std::ranges::fill(s.input, 0.0F);
        kernels::col2im(window_, s.patches, s.input);
        kernels::put_columns(inputs_of(g), s.input, dx.subspan(i * input_size(), input_size()));
      }
      kernels::put_columns(outputs_of(g), sum, kernel_.of(gradient));
    }
    if (bias_.size() > 0) kernels::column_sums(dy, filters_ * groups_, bias_.of(gradient));
  }

 private:
  /// Of one group: its channels of one image, their patches, its weights, and its output.
  struct Parts {
    std::span<float> input, patches, kernel, output, rest;
  };

  Parts parts(const Pass& pass) const {
    std::span<float> left = pass.scratch;
    const auto next = [&](std::size_t size) {
      const std::span<float> part = left.first(size);
      left = left.subspan(size);
      return part;
    };
    Parts out;
    out.input = next(input_size() / at(groups_));
    out.patches = next(patches_size());
    out.kernel = next(weights_size());
    out.output = next(output_size() / at(groups_));
    out.rest = left;
    return out;
  }

  void lay_out(int g, std::span<const float> image, const Parts& s) const {
    kernels::take_columns(inputs_of(g), image, s.input);
    kernels::im2col(window_, s.input, s.patches);
  }

  kernels::Columns inputs_of(int g) const {
    return {window_.channels * groups_, g * window_.channels, window_.channels};
  }
  kernels::Columns outputs_of(int g) const { return {filters_ * groups_, g * filters_, filters_}; }

  std::span<const float> bias_of(int g, std::span<const float> parameters) const {
    if (bias_.size() == 0) return {};
    return bias_.of(parameters).subspan(at(g * filters_), at(filters_));
  }

  std::size_t patches_size() const { return size_of(positions_, patch_); }
  std::size_t weights_size() const { return size_of(patch_, filters_); }

  Region kernel_, bias_;
  nn::Activation activation_;
  kernels::WindowShape window_;  ///< of one group's channels
  int groups_;
  int filters_;  ///< of one group
  int positions_, patch_;
};

}  // namespace

std::unique_ptr<Op> make_grouped_op(const nn::Conv2D& settings, const nn::Layer& layer,
                                    nn::Activation activation) {
  return std::make_unique<GroupedConvolutionOp>(layer, settings, activation);
}

}  // namespace ziffer::engine
