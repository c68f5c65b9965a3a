#pragma once

#include "training/optimizer_step.hpp"

namespace ziffer::training {

/// Duchi, Hazan & Singer 2011; slot: accumulator.
struct Adagrad : OptimizerCommon {
  static constexpr const char* kName = "adagrad";
  float learning_rate = 0.001F;
  float initial_accumulator_value = 0.1F;
  float epsilon = 1e-7F;

  static constexpr void fields(auto& self, auto& v) {
    v.number("learning_rate", self.learning_rate, kLearningRate);
    v.number("initial_accumulator_value", self.initial_accumulator_value,
             {0, up_to(1e6), "an initial_accumulator_value in [0, 1000000]"});
    v.number("epsilon", self.epsilon, kEpsilon);
    common(self, v);
  }

  std::vector<std::size_t> slots(std::size_t parameters) const { return {parameters}; }
  float first_slot_starts_at() const { return initial_accumulator_value; }
  void step(const OptimizerStep&) const;
};

}  // namespace ziffer::training
