// BatchNormalization: a scale and an offset a channel, from the moving statistics, or in training
// from those of the whole batch, whichever shards it was cut into.
#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/normalization.hpp"

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
        trained_(layer.trainable),
        channels_(static_cast<std::size_t>(layer.input.dims().back())),
        batch_mean_(channels_),
        batch_variance_(channels_) {}

  std::size_t scratch_size(bool) const override { return 3 * channels_; }

  /// Forward: rows of the shard, then each channel's mean and sum of squared distances. Back: each
  /// channel's Σ dy and Σ dy · (x − mean).
  Meeting meeting() const override {
    return trained_ ? Meeting{1 + 2 * channels_, 2 * channels_} : Meeting{};
  }

  void tell(const Pass&, std::span<const float> x, std::span<float> told) override {
    told[0] = static_cast<float>(x.size() / channels_);
    kernels::moments(x, told.subspan(1, channels_), told.subspan(1 + channels_, channels_));
  }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    if (learns(pass)) meet(pass.heard);
    const auto scale = pass.scratch.first(channels_);
    const auto offset = pass.scratch.subspan(channels_, channels_);
    const auto mean = used_mean(pass), beta = beta_.of(pass.parameters);
    set_scale(pass, scale);
    // As Keras computes it: x · scale + (beta − mean · scale).
    for (std::size_t c = 0; c < channels_; ++c) {
      offset[c] = (beta.empty() ? 0.0F : beta[c]) - mean[c] * scale[c];
    }
    kernels::channel_affine(x, scale, offset, y);
  }

  void tell_back(const Pass&, std::span<const float> x, std::span<const float> dy,
                 std::span<float> told) override {
    kernels::normalization_sums(x, batch_mean_, dy, told.first(channels_),
                                told.subspan(channels_, channels_));
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    for (const Region& r : {gamma_, beta_, mean_, variance_}) {
      std::ranges::fill(r.of(gradient), 0.0F);
    }
    const auto scale = pass.scratch.first(channels_);
    const auto slope = pass.scratch.subspan(channels_, channels_);
    const auto constant = pass.scratch.subspan(2 * channels_, channels_);
    set_scale(pass, scale);
    std::ranges::fill(constant, 0.0F);
    if (!learns(pass)) {
      if (!dx.empty()) kernels::channel_affine(dy, scale, constant, dx);
      return;
    }
    add_up_slopes(pass, scale, slope, constant, gradient);
    if (dx.empty()) return;
    kernels::normalization_gradient({batch_mean_, scale, slope, constant}, x, dy, dx);
  }

 private:
  bool learns(const Pass& pass) const { return trained_ && pass.dropout != nullptr; }
  std::span<const float> used_mean(const Pass& pass) const {
    return learns(pass) ? std::span<const float>(batch_mean_) : mean_.of(pass.parameters);
  }

  void set_scale(const Pass& pass, std::span<float> scale) const {
    const auto gamma = gamma_.of(pass.parameters);
    const auto variance =
        learns(pass) ? std::span<const float>(batch_variance_) : variance_.of(pass.parameters);
    for (std::size_t c = 0; c < channels_; ++c) {
      scale[c] = (gamma.empty() ? 1.0F : gamma[c]) / std::sqrt(variance[c] + epsilon_);
    }
  }

  /// The batch's mean and variance from those of its shards (Chan, Golub and LeVeque 1979), in
  /// their order: every shard gets the same bits.
  void meet(std::span<const float> heard) {
    const std::size_t told = meeting().forward;
    rows_ = 0;
    for (std::size_t s = 0; s < heard.size(); s += told) rows_ += heard[s];
    for (std::size_t c = 0; c < channels_; ++c) {
      double mean = 0, squares = 0;
      for (std::size_t s = 0; s < heard.size(); s += told) {
        mean += double{heard[s]} * heard[s + 1 + c];
      }
      mean /= rows_;
      for (std::size_t s = 0; s < heard.size(); s += told) {
        const double apart = heard[s + 1 + c] - mean;
        squares += heard[s + 1 + channels_ + c] + heard[s] * apart * apart;
      }
      batch_mean_[c] = static_cast<float>(mean);
      batch_variance_[c] = static_cast<float>(squares / rows_);
    }
  }

  /// From what the shards told: with n rows, d = 1/√(variance + epsilon) and x̂ = (x − mean) · d,
  /// dx = gamma · d · (dy − Σdy / n − x̂ · Σ(dy · x̂) / n). The batch's own share of the gradient,
  /// and its statistics in the place of the moving ones', are written by the first shard alone.
  void add_up_slopes(const Pass& pass, std::span<const float> scale, std::span<float> slope,
                     std::span<float> constant, std::span<float> gradient) const {
    const auto gamma = gamma_.of(gradient), beta = beta_.of(gradient);
    const bool first = pass.dropout->first_image == 0;
    for (std::size_t c = 0; c < channels_; ++c) {
      double sum = 0, product = 0;
      for (std::size_t s = 0; s < pass.heard.size(); s += 2 * channels_) {
        sum += pass.heard[s + c];
        product += pass.heard[s + channels_ + c];
      }
      const double square = 1.0 / (double{batch_variance_[c]} + epsilon_);
      constant[c] = static_cast<float>(-scale[c] * sum / rows_);
      slope[c] = static_cast<float>(-scale[c] * product * square / rows_);
      if (!first) continue;
      if (!gamma.empty()) gamma[c] = static_cast<float>(product * std::sqrt(square));
      if (!beta.empty()) beta[c] = static_cast<float>(sum);
      mean_.of(gradient)[c] = batch_mean_[c];
      variance_.of(gradient)[c] = batch_variance_[c];
    }
  }

  Region gamma_, beta_, mean_, variance_;
  float epsilon_;
  bool trained_;
  std::size_t channels_;
  std::vector<float> batch_mean_, batch_variance_;
  double rows_ = 0;  ///< of the batch: images times places
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::BatchNormalization& settings, const nn::Layer& layer,
                         nn::Activation) {
  return std::make_unique<NormalizationOp>(layer, settings);
}

}  // namespace ziffer::engine
