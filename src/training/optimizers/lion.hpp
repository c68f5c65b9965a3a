#pragma once

#include "training/optimizer_step.hpp"

namespace ziffer::training {

/// Chen et al. 2023; slot: momentum.
struct Lion : OptimizerCommon {
  static constexpr const char* kName = "lion";
  float learning_rate = 0.001F;
  double beta_1 = 0.9, beta_2 = 0.99;

  static constexpr void fields(auto& self, auto& v) {
    v.number("learning_rate", self.learning_rate, kLearningRate);
    v.number("beta_1", self.beta_1, {1e-9, up_to(1), "a beta_1 in (0, 1]"});
    v.number("beta_2", self.beta_2, {0, 1, "a beta_2 in [0, 1)"});
    common(self, v);
  }

  std::vector<std::size_t> slots(std::size_t parameters) const { return {parameters}; }
  void step(const OptimizerStep&) const;
};

}  // namespace ziffer::training
