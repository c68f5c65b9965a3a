#include "training/optimizer.hpp"

#include <algorithm>
#include <cmath>

#include "training/clipping.hpp"

namespace ziffer::training {

double power(double base, std::uint64_t n) {
  double result = 1;
  for (; n > 0; n >>= 1) {
    if ((n & 1) != 0) result *= base;
    base *= base;
  }
  return result;
}

Optimizer::Optimizer(const OptimizerSettings& settings, std::size_t parameters)
    : compiled_(settings), now_(settings) {
  const auto sizes = std::visit([&](const auto& s) { return s.slots(parameters); }, settings);
  for (const std::size_t size : sizes) slots_.emplace_back(size);
  if (common().use_ema) slots_.emplace_back(parameters);
  parts_.resize(slots_.size());
  reset();
}

const OptimizerCommon& Optimizer::common() const {
  return std::visit([](const auto& s) -> const OptimizerCommon& { return s; }, now_);
}

void Optimizer::reset() {
  now_ = compiled_;
  steps_ = 0;
  for (std::vector<float>& slot : slots_) std::ranges::fill(slot, 0.0F);
  std::visit(
      [this](const auto& s) {
        if constexpr (requires { s.first_slot_starts_at(); }) {
          std::ranges::fill(slots_[0], s.first_slot_starts_at());
        }
      },
      now_);
}

float Optimizer::learning_rate() const {
  if (const auto& schedule = common().schedule) {
    const auto step = static_cast<double>(steps_);
    return static_cast<float>(std::visit([step](const auto& s) { return s(step); }, *schedule));
  }
  return std::visit([](const auto& s) { return s.learning_rate; }, now_);
}

void Optimizer::set_learning_rate(float rate) {
  std::visit([rate](auto& s) { s.learning_rate = rate; }, now_);
}

void Optimizer::step(std::span<float> gradient, std::span<float> weights,
                     std::span<const Range> trained) {
  const float rate = learning_rate();
  set_learning_rate(rate);
  const OptimizerCommon& all = common();
  ++steps_;
  clip(all, gradient, trained);
  for (const Range& range : trained) {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const std::span<float> slot = slots_[i];
      parts_[i] = slot.empty() ? slot : slot.subspan(range.first, range.count);
    }
    const OptimizerStep part{steps_, gradient.subspan(range.first, range.count),
                             weights.subspan(range.first, range.count), parts_};
    // The products in Keras's order.
    if (all.weight_decay > 0) {
      for (float& weight : part.weights) weight -= weight * all.weight_decay * rate;
    }
    std::visit([&](const auto& s) { s.step(part); }, now_);
  }
  if (!all.use_ema) return;
  average(weights, trained);
  const auto often = static_cast<std::uint64_t>(all.ema_overwrite_frequency);
  if (often > 0 && steps_ % often == 0) finish(weights, trained);
}

void Optimizer::average(std::span<float> weights, std::span<const Range> trained) {
  std::vector<float>& mean = slots_.back();
  const float keeps = steps_ > 1 ? common().ema_momentum : 0;
  for (const Range& range : trained) {
    for (std::size_t i = range.first; i < range.first + range.count; ++i) {
      mean[i] = keeps * mean[i] + (1.0F - keeps) * weights[i];
    }
  }
}

void Optimizer::finish(std::span<float> weights, std::span<const Range> trained) const {
  if (!common().use_ema || steps_ == 0) return;
  for (const Range& range : trained) {
    const auto mean = std::span(slots_.back()).subspan(range.first, range.count);
    std::ranges::copy(mean, weights.begin() + static_cast<std::ptrdiff_t>(range.first));
  }
}

}  // namespace ziffer::training
