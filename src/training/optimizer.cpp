#include "training/optimizer.hpp"

#include <algorithm>
#include <cmath>

#include "kernels/optimizer.hpp"

namespace ziffer::training {
namespace {

/// base^n by squaring: std::pow's last bit differs between libraries.
double power(double base, std::uint64_t n) {
  double result = 1;
  for (; n > 0; n >>= 1) {
    if ((n & 1) != 0) result *= base;
    base *= base;
  }
  return result;
}

}  // namespace

Optimizer::Optimizer(const OptimizerConfig& config, std::size_t n) : config_(config) {
  switch (config.kind) {
    case OptimizerKind::adam:
      slots_ = {std::vector<float>(n), std::vector<float>(n)};
      return;
    case OptimizerKind::sgd:
      slots_ = {std::vector<float>(config.momentum > 0 ? n : 0)};
      return;
    case OptimizerKind::rmsprop:
      slots_ = {std::vector<float>(n), std::vector<float>(config.centered ? n : 0),
                std::vector<float>(config.momentum > 0 ? n : 0)};
      return;
  }
}

void Optimizer::reset() {
  steps_ = 0;
  for (std::vector<float>& slot : slots_) std::ranges::fill(slot, 0.0F);
}

void Optimizer::step(std::span<const float> gradient, std::span<float> weights) {
  ++steps_;
  const OptimizerConfig& c = config_;
  switch (c.kind) {
    case OptimizerKind::adam: {
      const double b1 = power(c.beta_1, steps_);
      const double b2 = power(c.beta_2, steps_);
      const auto alpha =
          static_cast<float>(static_cast<double>(c.learning_rate) * std::sqrt(1 - b2) / (1 - b1));
      return kernels::adam(
          {alpha, static_cast<float>(1 - c.beta_1), static_cast<float>(1 - c.beta_2), c.epsilon},
          gradient, weights, slots_[0], slots_[1]);
    }
    case OptimizerKind::sgd:
      return kernels::sgd({c.learning_rate, c.momentum, c.nesterov}, gradient, weights, slots_[0]);
    case OptimizerKind::rmsprop:
      return kernels::rmsprop({c.learning_rate, static_cast<float>(c.rho),
                               static_cast<float>(1 - c.rho), c.momentum, c.epsilon, c.centered},
                              gradient, weights, slots_[0], slots_[1], slots_[2]);
  }
}

}  // namespace ziffer::training
