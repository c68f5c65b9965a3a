// The optimizers that fewer train with: Adadelta, Adagrad, Adamax, Nadam and Lion.
#include <algorithm>
#include <cmath>

#include "kernels/optimizer.hpp"
#include "kernels/optimizer_sweep.hpp"

namespace ziffer::kernels {
namespace scalar {

void adadelta(const AdadeltaStep& s, std::span<const float> gradient, std::span<float> weights,
              std::span<float> mean_gradients, std::span<float> mean_moves) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    float &w = weights[i], &gradients = mean_gradients[i], &moves = mean_moves[i];
    gradients = s.rho * gradients + g * g * s.rest;
    const auto move = std::sqrt(moves + s.epsilon) * g / std::sqrt(gradients + s.epsilon);
    moves = s.rho * moves + move * move * s.rest;
    w -= move * s.learning_rate;
  }
}

void adagrad(const AdagradStep& s, std::span<const float> gradient, std::span<float> weights,
             std::span<float> accumulators) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    float &w = weights[i], &accumulator = accumulators[i];
    accumulator += g * g;
    w -= g * s.learning_rate / std::sqrt(accumulator + s.epsilon);
  }
}

void adamax(const AdamaxStep& s, std::span<const float> gradient, std::span<float> weights,
            std::span<float> ms, std::span<float> us) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    float &w = weights[i], &m = ms[i], &u = us[i];
    m += (g - m) * s.rest_1;
    u = std::max(std::abs(g), u * s.beta_2);
    w -= m * s.learning_rate / ((u + s.epsilon) * s.correction);
  }
}

void nadam(const NadamStep& s, std::span<const float> gradient, std::span<float> weights,
           std::span<float> ms, std::span<float> vs) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    float &w = weights[i], &m = ms[i], &v = vs[i];
    m += (g - m) * s.rest_1;
    v += (g * g - v) * s.rest_2;
    w -= (m * s.ahead + g * s.now) * s.learning_rate / (std::sqrt(v / s.correction) + s.epsilon);
  }
}

void lion(const LionStep& s, std::span<const float> gradient, std::span<float> weights,
          std::span<float> ms) {
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const float g = gradient[i];
    float &w = weights[i], &m = ms[i];
    w -= simd128::sign(m * s.beta_1 + g * s.rest_1) * s.learning_rate;
    m = m * s.beta_2 + g * s.rest_2;
  }
}

}  // namespace scalar

namespace simd128 {

void adadelta(const AdadeltaStep& step, std::span<const float> gradient, std::span<float> weights,
              std::span<float> mean_gradients, std::span<float> mean_moves) {
  const auto update = [s = step](auto g, auto& w, auto& gradients, auto& moves) {
    gradients = s.rho * gradients + g * g * s.rest;
    const auto move = root(moves + s.epsilon) * g / root(gradients + s.epsilon);
    moves = s.rho * moves + move * move * s.rest;
    w -= move * s.learning_rate;
  };
  sweep(gradient, update, weights.data(), mean_gradients.data(), mean_moves.data());
}

void adagrad(const AdagradStep& step, std::span<const float> gradient, std::span<float> weights,
             std::span<float> accumulators) {
  const auto update = [s = step](auto g, auto& w, auto& accumulator) {
    accumulator += g * g;
    w -= g * s.learning_rate / root(accumulator + s.epsilon);
  };
  sweep(gradient, update, weights.data(), accumulators.data());
}

void adamax(const AdamaxStep& step, std::span<const float> gradient, std::span<float> weights,
            std::span<float> ms, std::span<float> us) {
  const auto update = [s = step](auto g, auto& w, auto& m, auto& u) {
    m += (g - m) * s.rest_1;
    u = larger(u * s.beta_2, magnitude(g));
    w -= m * s.learning_rate / ((u + s.epsilon) * s.correction);
  };
  sweep(gradient, update, weights.data(), ms.data(), us.data());
}

void nadam(const NadamStep& step, std::span<const float> gradient, std::span<float> weights,
           std::span<float> ms, std::span<float> vs) {
  const auto update = [s = step](auto g, auto& w, auto& m, auto& v) {
    m += (g - m) * s.rest_1;
    v += (g * g - v) * s.rest_2;
    w -= (m * s.ahead + g * s.now) * s.learning_rate / (root(v / s.correction) + s.epsilon);
  };
  sweep(gradient, update, weights.data(), ms.data(), vs.data());
}

void lion(const LionStep& step, std::span<const float> gradient, std::span<float> weights,
          std::span<float> ms) {
  const auto update = [s = step](auto g, auto& w, auto& m) {
    w -= sign(m * s.beta_1 + g * s.rest_1) * s.learning_rate;
    m = m * s.beta_2 + g * s.rest_2;
  };
  sweep(gradient, update, weights.data(), ms.data());
}

}  // namespace simd128

void adadelta(const AdadeltaStep& step, std::span<const float> gradient, std::span<float> weights,
              std::span<float> mean_gradients, std::span<float> mean_moves) {
  simd128::adadelta(step, gradient, weights, mean_gradients, mean_moves);
}

void adagrad(const AdagradStep& step, std::span<const float> gradient, std::span<float> weights,
             std::span<float> accumulators) {
  simd128::adagrad(step, gradient, weights, accumulators);
}

void adamax(const AdamaxStep& step, std::span<const float> gradient, std::span<float> weights,
            std::span<float> ms, std::span<float> us) {
  simd128::adamax(step, gradient, weights, ms, us);
}

void nadam(const NadamStep& step, std::span<const float> gradient, std::span<float> weights,
           std::span<float> ms, std::span<float> vs) {
  simd128::nadam(step, gradient, weights, ms, vs);
}

void lion(const LionStep& step, std::span<const float> gradient, std::span<float> weights,
          std::span<float> ms) {
  simd128::lion(step, gradient, weights, ms);
}

}  // namespace ziffer::kernels
