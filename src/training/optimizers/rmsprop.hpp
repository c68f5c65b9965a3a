#pragma once

#include "training/optimizer_step.hpp"

namespace ziffer::training {

/// Slots: velocity; average, empty unless centred; momentum, empty without.
struct RMSprop : OptimizerCommon {
  static constexpr const char* kName = "rmsprop";
  float learning_rate = 0.001F;
  double rho = 0.9;
  float momentum = 0;
  float epsilon = 1e-7F;
  bool centered = false;

  static constexpr void fields(auto& self, auto& v) {
    v.number("learning_rate", self.learning_rate, kLearningRate);
    v.number("rho", self.rho, {0, up_to(1), "a rho in [0, 1]"});
    v.number("momentum", self.momentum, kMomentum);
    v.number("epsilon", self.epsilon, kEpsilon);
    v.flag("centered", self.centered);
    common(self, v);
  }

  std::vector<std::size_t> slots(std::size_t parameters) const {
    return {parameters, centered ? parameters : 0, momentum > 0 ? parameters : 0};
  }
  void step(const OptimizerStep&) const;
};

}  // namespace ziffer::training
