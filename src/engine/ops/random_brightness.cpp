#include "engine/ops/augmenting.hpp"

namespace ziffer::engine {
namespace {

struct Brightness {
  kernels::Limits limits;
  Interval factor;

  float draw(Rng& rng) const { return uniform(rng, factor) * (limits.high - limits.low); }
  void forward(float more, std::span<const float> x, std::span<float> y) const {
    kernels::brighten(more, limits, x, y);
  }
  void backward(float more, std::span<const float> x, std::span<const float> dy,
                std::span<float> dx) const {
    kernels::brighten_gradient(more, limits, x, dy, dx);
  }
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::RandomBrightness& settings, const nn::Layer& layer,
                         nn::Activation) {
  const auto& [low, high] = settings.value_range;
  return std::make_unique<AugmentingOp<Brightness>>(layer, settings.seed,
                                                    Brightness{{low, high}, settings.factor});
}

}  // namespace ziffer::engine
