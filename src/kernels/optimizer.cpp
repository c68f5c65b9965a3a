#include "kernels/optimizer.hpp"

#include <cmath>

#include "core/simd.hpp"

namespace ziffer::kernels {
namespace {

f32x4 root(f32x4 x) {
  return f32x4{std::sqrt(x[0]), std::sqrt(x[1]), std::sqrt(x[2]), std::sqrt(x[3])};
}

/// Runs f(index, lanes) over whole vectors, then over single numbers. f must be one expression for
/// both: the update of a parameter may not depend on where it stands.
template <class Vector, class Single>
void sweep(std::size_t n, Vector vector, Single single) {
  std::size_t i = 0;
  for (; i + kLanes <= n; i += kLanes) vector(i);
  for (; i < n; ++i) single(i);
}

}  // namespace

void adam(const AdamStep& step, std::span<const float> gradient, std::span<float> weights,
          std::span<float> m, std::span<float> v) {
  const AdamStep s = step;  // a copy no store can alias
  sweep(
      weights.size(),
      [&](std::size_t i) {
        const f32x4 g = load(&gradient[i]);
        const f32x4 mi = load(&m[i]) + (g - load(&m[i])) * s.rest_1;
        const f32x4 vi = load(&v[i]) + (g * g - load(&v[i])) * s.rest_2;
        store(&m[i], mi);
        store(&v[i], vi);
        store(&weights[i], load(&weights[i]) - mi * s.alpha / (root(vi) + s.epsilon));
      },
      [&](std::size_t i) {
        const float g = gradient[i];
        m[i] += (g - m[i]) * s.rest_1;
        v[i] += (g * g - v[i]) * s.rest_2;
        weights[i] -= m[i] * s.alpha / (std::sqrt(v[i]) + s.epsilon);
      });
}

void sgd(const SgdStep& s, std::span<const float> gradient, std::span<float> weights,
         std::span<float> momentum) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float move = gradient[i] * s.learning_rate;
    if (s.momentum == 0.0F) {
      weights[i] -= move;
      continue;
    }
    const float m = momentum[i] * s.momentum - move;
    momentum[i] = m;
    weights[i] += s.nesterov ? m * s.momentum - move : m;
  }
}

void rmsprop(const RmspropStep& s, std::span<const float> gradient, std::span<float> weights,
             std::span<float> velocity, std::span<float> average, std::span<float> momentum) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    velocity[i] = s.rho * velocity[i] + g * g * s.rest;
    float variance = velocity[i] + s.epsilon;
    if (s.centered) {
      average[i] = s.rho * average[i] + g * s.rest;
      variance = velocity[i] - average[i] * average[i] + s.epsilon;
    }
    const float step = g * s.learning_rate / std::sqrt(variance);
    if (s.momentum > 0.0F) {
      momentum[i] = s.momentum * momentum[i] + step;
      weights[i] -= momentum[i];
    } else {
      weights[i] -= step;
    }
  }
}

}  // namespace ziffer::kernels
