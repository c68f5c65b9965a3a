#pragma once

#include "training/optimizer_step.hpp"

namespace ziffer::training {

/// Kingma & Ba 2015; slots: m, v.
struct Adam : OptimizerCommon {
  static constexpr const char* kName = "adam";
  float learning_rate = 0.001F;
  // Doubles, since 1 - β is what counts and is rounded once, as in Keras.
  double beta_1 = 0.9, beta_2 = 0.999;
  float epsilon = 1e-7F;

  static constexpr void fields(auto& self, auto& v) {
    v.number("learning_rate", self.learning_rate, kLearningRate);
    v.number("beta_1", self.beta_1, {0, 1, "a beta_1 in [0, 1)"});
    v.number("beta_2", self.beta_2, {0, 1, "a beta_2 in [0, 1)"});
    v.number("epsilon", self.epsilon, kEpsilon);
    common(self, v);
  }

  std::vector<std::size_t> slots(std::size_t parameters) const { return {parameters, parameters}; }
  void step(const OptimizerStep&) const;
};

}  // namespace ziffer::training
