// GaussianNoise and GaussianDropout.
#include <algorithm>
#include <cmath>

#include "core/sizes.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/noise.hpp"

namespace ziffer::engine {
namespace {

class GaussianNoiseOp final : public Op {
 public:
  GaussianNoiseOp(const nn::Layer& layer, float deviation)
      : Op(layer.input.size(), layer.output.size()), deviation_(deviation), noise_(layer.name) {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    std::ranges::copy(x, y.begin());
    if (pass.dropout == nullptr) return;
    auto next = y.begin();
    for (int i = 0; i < pass.images; ++i) {
      Rng rng = noise_.of(pass, i);
      for (std::size_t j = 0; j < output_size(); ++j) *next++ += deviation_ * rng.normal();
    }
  }
  void backward(const Pass&, std::span<const float>, std::span<const float>, std::span<float> dy,
                std::span<float> dx, std::span<float>) override {
    if (!dx.empty()) std::ranges::copy(dy, dx.begin());
  }

 private:
  float deviation_;
  Noise noise_;
};

class GaussianDropoutOp final : public Op {
 public:
  GaussianDropoutOp(const nn::Layer& layer, float rate)
      : Op(layer.input.size(), layer.output.size()),
        deviation_(std::sqrt(rate / (1.0F - rate))),
        noise_(layer.name) {}

  void reserve(int images) override { factors_.resize(size_of(images, output_size())); }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    std::ranges::copy(x, y.begin());
    if (pass.dropout == nullptr) return;
    auto factor = factors_.begin();
    for (int i = 0; i < pass.images; ++i) {
      Rng rng = noise_.of(pass, i);
      for (std::size_t j = 0; j < output_size(); ++j) *factor++ = 1.0F + deviation_ * rng.normal();
    }
    for (std::size_t i = 0; i < y.size(); ++i) y[i] *= factors_[i];
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    const bool active = pass.dropout != nullptr;
    for (std::size_t i = 0; i < dx.size(); ++i) dx[i] = active ? dy[i] * factors_[i] : dy[i];
  }

 private:
  float deviation_;
  Noise noise_;
  std::vector<float> factors_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::GaussianNoise& settings, const nn::Layer& layer,
                         nn::Activation) {
  return std::make_unique<GaussianNoiseOp>(layer, settings.stddev);
}

template <>
std::unique_ptr<Op> make(const nn::GaussianDropout& settings, const nn::Layer& layer,
                         nn::Activation) {
  return std::make_unique<GaussianDropoutOp>(layer, settings.rate);
}

}  // namespace ziffer::engine
