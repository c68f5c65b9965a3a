// BatchNormalization with its moving statistics: a scale and an offset a channel.
#include <algorithm>
#include <cmath>

#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

class NormalizationOp final : public Op {
 public:
  NormalizationOp(const nn::Layer& layer, const nn::BatchNormalization& b)
      : Op(layer.input.size(), layer.output.size()),
        gamma_(layer, "gamma"),
        beta_(layer, "beta"),
        mean_(layer, "moving_mean"),
        variance_(layer, "moving_variance"),
        epsilon_(b.epsilon),
        channels_(static_cast<std::size_t>(layer.input.dims().back())) {}

  std::size_t scratch_size(bool) const override { return 2 * channels_; }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const auto scale = pass.scratch.first(channels_);
    const auto offset = pass.scratch.subspan(channels_, channels_);
    const auto mean = mean_.of(pass.parameters), beta = beta_.of(pass.parameters);
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
    for (const Region& r : {gamma_, beta_, mean_, variance_}) {
      std::ranges::fill(r.of(gradient), 0.0F);
    }
    if (dx.empty()) return;
    const auto scale = pass.scratch.first(channels_);
    const auto offset = pass.scratch.subspan(channels_, channels_);
    set_scale(pass, scale);
    std::ranges::fill(offset, 0.0F);
    kernels::channel_affine(dy, scale, offset, dx);
  }

 private:
  void set_scale(const Pass& pass, std::span<float> scale) const {
    const auto variance = variance_.of(pass.parameters), gamma = gamma_.of(pass.parameters);
    for (std::size_t c = 0; c < channels_; ++c) {
      scale[c] = (gamma.empty() ? 1.0F : gamma[c]) / std::sqrt(variance[c] + epsilon_);
    }
  }

  Region gamma_, beta_, mean_, variance_;
  float epsilon_;
  std::size_t channels_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::BatchNormalization& settings, const nn::Layer& layer,
                         nn::Activation) {
  return std::make_unique<NormalizationOp>(layer, settings);
}

}  // namespace ziffer::engine
