#include "engine/ops/augmenting.hpp"

namespace ziffer::engine {
namespace {

struct Contrast {
  kernels::Picture picture;
  kernels::Limits limits;
  Interval factor;

  float draw(Rng& rng) const { return rng.uniform(1 - factor.low, 1 + factor.high); }
  void forward(float by, std::span<const float> x, std::span<float> y) const {
    kernels::contrast(picture, by, limits, x, y);
  }
  void backward(float by, std::span<const float> x, std::span<const float> dy,
                std::span<float> dx) const {
    kernels::contrast_gradient(picture, by, limits, x, dy, dx);
  }
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::RandomContrast& settings, const nn::Layer& layer,
                         nn::Activation) {
  const auto& [low, high] = settings.value_range;
  return std::make_unique<AugmentingOp<Contrast>>(
      layer, settings.seed, Contrast{picture_of(layer), {low, high}, settings.factor});
}

}  // namespace ziffer::engine
