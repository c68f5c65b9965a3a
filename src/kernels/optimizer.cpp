#include "kernels/optimizer.hpp"

#include <cmath>

#include "kernels/optimizer_sweep.hpp"

namespace ziffer::kernels {
namespace scalar {

void adam(const AdamStep& s, std::span<const float> gradient, std::span<float> weights,
          std::span<float> m, std::span<float> v) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    m[i] += (g - m[i]) * s.rest_1;
    v[i] += (g * g - v[i]) * s.rest_2;
    weights[i] -= m[i] * s.alpha / (std::sqrt(v[i]) + s.epsilon);
  }
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

}  // namespace scalar

namespace simd128 {

// The settings are copied first: no store can change a copy, so they stay in registers.

void adam(const AdamStep& step, std::span<const float> gradient, std::span<float> weights,
          std::span<float> m, std::span<float> v) {
  const auto update = [s = step](auto g, auto& w, auto& mean, auto& square) {
    mean += (g - mean) * s.rest_1;
    square += (g * g - square) * s.rest_2;
    w -= mean * s.alpha / (root(square) + s.epsilon);
  };
  sweep(gradient, update, weights.data(), m.data(), v.data());
}

void sgd(const SgdStep& step, std::span<const float> gradient, std::span<float> weights,
         std::span<float> momentum) {
  if (step.momentum == 0.0F) {
    const auto update = [s = step](auto g, auto& w) { w -= g * s.learning_rate; };
    sweep(gradient, update, weights.data());
    return;
  }
  const auto update = [s = step](auto g, auto& w, auto& m) {
    const auto move = g * s.learning_rate;
    m = m * s.momentum - move;
    w += s.nesterov ? m * s.momentum - move : m;
  };
  sweep(gradient, update, weights.data(), momentum.data());
}

}  // namespace simd128

void adam(const AdamStep& step, std::span<const float> gradient, std::span<float> weights,
          std::span<float> m, std::span<float> v) {
  simd128::adam(step, gradient, weights, m, v);
}

void sgd(const SgdStep& step, std::span<const float> gradient, std::span<float> weights,
         std::span<float> momentum) {
  simd128::sgd(step, gradient, weights, momentum);
}

/// The plain loop: few train with it, and vectors would need a sweep for each of its four forms.
void rmsprop(const RmspropStep& step, std::span<const float> gradient, std::span<float> weights,
             std::span<float> velocity, std::span<float> average, std::span<float> momentum) {
  scalar::rmsprop(step, gradient, weights, velocity, average, momentum);
}

}  // namespace ziffer::kernels
