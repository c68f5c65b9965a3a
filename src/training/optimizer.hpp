// An optimizer with what it remembers between steps.
#pragma once

#include "training/optimizers.hpp"

namespace ziffer::training {

class Optimizer {
 public:
  Optimizer(const OptimizerSettings&, std::size_t parameters);

  /// One update of the weights.
  void step(std::span<const float> gradient, std::span<float> weights);

  const OptimizerSettings& settings() const noexcept { return settings_; }
  std::uint64_t steps() const noexcept { return steps_; }
  /// Numbers for each parameter, as the settings' own comment lists them. Unused ones are empty.
  std::vector<std::vector<float>>& slots() noexcept { return slots_; }
  const std::vector<std::vector<float>>& slots() const noexcept { return slots_; }
  void set_steps(std::uint64_t steps) noexcept { steps_ = steps; }
  /// Forgets all steps.
  void reset();

 private:
  OptimizerSettings settings_;
  std::uint64_t steps_ = 0;
  std::vector<std::vector<float>> slots_;
};

}  // namespace ziffer::training
