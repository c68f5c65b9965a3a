#include "training/optimizer.hpp"

#include <algorithm>

namespace ziffer::training {

Optimizer::Optimizer(const OptimizerSettings& settings, std::size_t parameters)
    : settings_(settings) {
  const auto sizes = std::visit([&](const auto& s) { return s.slots(parameters); }, settings);
  for (const std::size_t size : sizes) slots_.emplace_back(size);
}

void Optimizer::reset() {
  steps_ = 0;
  for (std::vector<float>& slot : slots_) std::ranges::fill(slot, 0.0F);
}

void Optimizer::step(std::span<const float> gradient, std::span<float> weights) {
  ++steps_;
  std::visit([&](const auto& s) { s.step({steps_, gradient, weights, slots_}); }, settings_);
}

}  // namespace ziffer::training
