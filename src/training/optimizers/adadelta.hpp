#pragma once

#include "training/optimizer_step.hpp"

namespace ziffer::training {

/// Zeiler 2012; slots: means of the squared gradients and of the squared moves.
struct Adadelta : OptimizerCommon {
  static constexpr const char* kName = "adadelta";
  float learning_rate = 0.001F;
  double rho = 0.95;
  float epsilon = 1e-7F;

  static constexpr void fields(auto& self, auto& v) {
    v.number("learning_rate", self.learning_rate, kLearningRate);
    v.number("rho", self.rho, {0, up_to(1), "a rho in [0, 1]"});
    v.number("epsilon", self.epsilon, kEpsilon);
    common(self, v);
  }

  std::vector<std::size_t> slots(std::size_t parameters) const { return {parameters, parameters}; }
  void step(const OptimizerStep&) const;
};

}  // namespace ziffer::training
