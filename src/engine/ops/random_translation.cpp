#include "engine/ops/augmenting.hpp"

namespace ziffer::engine {

template <>
std::unique_ptr<Op> make(const nn::RandomTranslation& settings, const nn::Layer& layer,
                         nn::Activation) {
  const auto place = [height = settings.height_factor, width = settings.width_factor](
                         Rng& rng, const kernels::Picture& p) -> kernels::Affine {
    const float down = uniform(rng, height) * static_cast<float>(p.height);
    const float right = uniform(rng, width) * static_cast<float>(p.width);
    return {1, 0, -right, 0, 1, -down};
  };
  return make_moving(layer, sampling_of(settings), settings.seed, place);
}

}  // namespace ziffer::engine
