#include "engine/ops/augmenting.hpp"

namespace ziffer::engine {
namespace {

/// Where a pixel of the middle stays.
float about_middle(int extent, float zoom) {
  return (static_cast<float>(extent) - 1) / 2 * (1 - zoom);
}

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::RandomZoom& settings, const nn::Layer& layer, nn::Activation) {
  const auto place = [height = settings.height_factor, width = settings.width_factor](
                         Rng& rng, const kernels::Picture& p) -> kernels::Affine {
    const float down = rng.uniform(1 + height.low, 1 + height.high);
    const float right = width ? rng.uniform(1 + width->low, 1 + width->high) : down;
    return {right, 0, about_middle(p.width, right), 0, down, about_middle(p.height, down)};
  };
  return make_moving(layer, sampling_of(settings), settings.seed, place);
}

}  // namespace ziffer::engine
