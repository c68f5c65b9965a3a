// BatchNormalization with its moving statistics: a scale and an offset a channel.
#include <algorithm>
#include <cmath>

#include "engine/op.hpp"
#include "engine/ops.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

class NormalizationOp final : public Op {
 public:
  NormalizationOp(const nn::Layer& layer, const nn::BatchNormalization& b)
      : Op(layer.input.size(), layer.output.size()),
        parameters_(layer.parameters),
        epsilon_(b.epsilon),
        channels_(static_cast<std::size_t>(layer.input.dims().back())) {}

  std::size_t scratch_size(int) const override { return 2 * channels_; }
  void reserve(int) override {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const auto scale = pass.scratch.first(channels_);
    const auto offset = pass.scratch.subspan(channels_, channels_);
    const auto mean = of(pass, "moving_mean"), beta = of(pass, "beta");
    set_scale(pass, scale);
    // As Keras computes it: x · scale + (beta − mean · scale).
    for (std::size_t c = 0; c < channels_; ++c) {
      offset[c] = (beta.empty() ? 0.0F : beta[c]) - mean[c] * scale[c];
    }
    kernels::channel_affine(x, scale, offset, y);
  }

  /// The layer is never trained: its own gradient is 0.
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    for (const nn::Parameter& p : parameters_) {
      std::ranges::fill(gradient.subspan(p.offset, p.size()), 0.0F);
    }
    if (dx.empty()) return;
    const auto scale = pass.scratch.first(channels_);
    const auto offset = pass.scratch.subspan(channels_, channels_);
    set_scale(pass, scale);
    std::ranges::fill(offset, 0.0F);
    kernels::channel_affine(dy, scale, offset, dx);
  }

 private:
  /// One of the layer's arrays; empty where it has none of that name.
  std::span<const float> of(const Pass& pass, const char* name) const {
    const auto p = std::ranges::find(parameters_, name, &nn::Parameter::name);
    if (p == parameters_.end()) return {};
    return pass.parameters.subspan(p->offset, p->size());
  }

  void set_scale(const Pass& pass, std::span<float> scale) const {
    const auto variance = of(pass, "moving_variance"), gamma = of(pass, "gamma");
    for (std::size_t c = 0; c < channels_; ++c) {
      scale[c] = (gamma.empty() ? 1.0F : gamma[c]) / std::sqrt(variance[c] + epsilon_);
    }
  }

  std::vector<nn::Parameter> parameters_;
  float epsilon_;
  std::size_t channels_;
};

}  // namespace

std::unique_ptr<Op> make_normalization(const nn::Layer& layer, const nn::BatchNormalization& b) {
  return std::make_unique<NormalizationOp>(layer, b);
}

}  // namespace ziffer::engine
