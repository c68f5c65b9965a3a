#include "nn/initializers.hpp"

#include <algorithm>
#include <cmath>

namespace ziffer::nn {
namespace {

/// The variance that an initialiser of the family asks for.
float variance(const Parameter& p) {
  const auto in = static_cast<float>(std::max(p.fan_in, 1));
  const auto out = static_cast<float>(std::max(p.fan_out, 1));
  switch (p.initializer) {
    case Initializer::glorot_uniform:
    case Initializer::glorot_normal:
      return 2.0F / (in + out);
    case Initializer::he_uniform:
    case Initializer::he_normal:
      return 2.0F / in;
    case Initializer::lecun_uniform:
    case Initializer::lecun_normal:
      return 1.0F / in;
    case Initializer::zeros:
    case Initializer::ones:
      return 0.0F;
  }
  return 0.0F;
}

}  // namespace

void initialize(const Parameter& p, Rng& rng, std::span<float> values) {
  switch (p.initializer) {
    case Initializer::zeros:
      std::ranges::fill(values, 0.0F);
      return;
    case Initializer::ones:
      std::ranges::fill(values, 1.0F);
      return;
    case Initializer::glorot_uniform:
    case Initializer::he_uniform:
    case Initializer::lecun_uniform: {
      const float limit = std::sqrt(3.0F * variance(p));
      for (float& v : values) v = rng.uniform(-limit, limit);
      return;
    }
    case Initializer::glorot_normal:
    case Initializer::he_normal:
    case Initializer::lecun_normal: {
      // Cutting a normal at two deviations shrinks its own to 0.8796; Keras divides that out.
      const float deviation = std::sqrt(variance(p)) / 0.87962566103423978F;
      for (float& v : values) v = rng.truncated_normal() * deviation;
      return;
    }
  }
}

}  // namespace ziffer::nn
