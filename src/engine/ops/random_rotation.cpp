#include "core/math.hpp"
#include "engine/ops/augmenting.hpp"

namespace ziffer::engine {

template <>
std::unique_ptr<Op> make(const nn::RandomRotation& settings, const nn::Layer& layer,
                         nn::Activation) {
  const Interval degrees{settings.factor.low * 360, settings.factor.high * 360};
  const auto place = [degrees](Rng& rng, const kernels::Picture& p) -> kernels::Affine {
    constexpr float kRadians = 0.017453292519943295F;
    const float angle = uniform(rng, degrees) * kRadians;
    const float c = cos(angle), s = sin(angle);
    const float x = 0.5F * static_cast<float>(p.width - 1);
    const float y = 0.5F * static_cast<float>(p.height - 1);
    return {c, -s, x - x * c - y * -s, s, c, y - x * s - y * c};
  };
  return make_moving(layer, sampling_of(settings), settings.seed, place);
}

}  // namespace ziffer::engine
