#pragma once

#include "training/optimizer_step.hpp"

namespace ziffer::training {

/// Slot: momentum, empty without.
struct SGD : OptimizerCommon {
  static constexpr const char* kName = "sgd";
  float learning_rate = 0.01F;
  float momentum = 0;
  bool nesterov = false;

  static constexpr void fields(auto& self, auto& v) {
    v.number("learning_rate", self.learning_rate, kLearningRate);
    v.number("momentum", self.momentum, kMomentum);
    v.flag("nesterov", self.nesterov);
    common(self, v);
  }

  std::vector<std::size_t> slots(std::size_t parameters) const {
    return {momentum > 0 ? parameters : 0};
  }
  void step(const OptimizerStep&) const;
};

}  // namespace ziffer::training
