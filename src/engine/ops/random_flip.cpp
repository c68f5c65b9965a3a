#include "engine/ops/augmenting.hpp"

namespace ziffer::engine {

template <>
std::unique_ptr<Op> make(const nn::RandomFlip& settings, const nn::Layer& layer, nn::Activation) {
  const bool sideways = settings.mode != nn::FlipMode::vertical;
  const bool upright = settings.mode != nn::FlipMode::horizontal;
  const auto place = [=](Rng& rng, const kernels::Picture& p) {
    kernels::Affine from;
    if (rng.uniform() > 0.5F) return from;
    if (sideways) from.xx = -1, from.x0 = static_cast<float>(p.width - 1);
    if (upright) from.yy = -1, from.y0 = static_cast<float>(p.height - 1);
    return from;
  };
  return make_moving(layer, {.bilinear = false}, settings.seed, place);
}

}  // namespace ziffer::engine
