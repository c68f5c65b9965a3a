#include "training/optimizer.hpp"

#include <algorithm>

namespace ziffer::training {

Optimizer::Optimizer(const OptimizerSettings& settings, std::size_t parameters)
    : compiled_(settings), now_(settings) {
  const auto sizes = std::visit([&](const auto& s) { return s.slots(parameters); }, settings);
  for (const std::size_t size : sizes) slots_.emplace_back(size);
  parts_.resize(slots_.size());
}

void Optimizer::reset() {
  now_ = compiled_;
  steps_ = 0;
  for (std::vector<float>& slot : slots_) std::ranges::fill(slot, 0.0F);
}

float Optimizer::learning_rate() const {
  return std::visit([](const auto& s) { return s.learning_rate; }, now_);
}

void Optimizer::set_learning_rate(float rate) {
  std::visit([rate](auto& s) { s.learning_rate = rate; }, now_);
}

void Optimizer::step(std::span<const float> gradient, std::span<float> weights,
                     std::span<const Range> trained) {
  ++steps_;
  for (const Range& range : trained) {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const std::span<float> slot = slots_[i];
      parts_[i] = slot.empty() ? slot : slot.subspan(range.first, range.count);
    }
    const OptimizerStep part{steps_, gradient.subspan(range.first, range.count),
                             weights.subspan(range.first, range.count), parts_};
    std::visit([&](const auto& s) { s.step(part); }, now_);
  }
}

}  // namespace ziffer::training
