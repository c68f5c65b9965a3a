// An optimizer with what it remembers between steps.
#pragma once

#include "training/optimizers.hpp"

namespace ziffer::training {

class Optimizer {
 public:
  Optimizer(const OptimizerSettings&, std::size_t parameters);

  /// One update of the weights in the `trained` ranges, each a tensor; the others are not looked
  /// at. The gradient is clipped in place.
  void step(std::span<float> gradient, std::span<float> weights, std::span<const Range> trained);
  /// A fit ends: the weights become their moving average, where one is kept.
  void finish(std::span<float> weights, std::span<const Range> trained) const;

  /// As they were compiled.
  const OptimizerSettings& settings() const noexcept { return compiled_; }
  /// Of the next step: the schedule's, or the compiled one until a callback changes it.
  float learning_rate() const;
  /// Without effect where there is a schedule.
  void set_learning_rate(float);
  bool scheduled() const { return common().schedule != nullptr; }
  std::uint64_t steps() const noexcept { return steps_; }
  /// Numbers for each parameter, as the settings' own comment lists them, then the weights' moving
  /// average where one is kept. Unused ones are empty.
  std::vector<std::vector<float>>& slots() noexcept { return slots_; }
  const std::vector<std::vector<float>>& slots() const noexcept { return slots_; }
  void set_steps(std::uint64_t steps) noexcept { steps_ = steps; }
  /// Forgets all steps; the learning rate is the compiled one again.
  void reset();

 private:
  const OptimizerCommon& common() const;
  void average(std::span<float> weights, std::span<const Range> trained);

  OptimizerSettings compiled_, now_;
  std::uint64_t steps_ = 0;
  std::vector<std::vector<float>> slots_;
  std::vector<std::span<float>> parts_;  ///< of the slots, for one range
};

}  // namespace ziffer::training
