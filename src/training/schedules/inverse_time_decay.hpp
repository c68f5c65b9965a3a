#pragma once

#include <cmath>

#include "training/schedules/ranges.hpp"

namespace ziffer::training {

/// initial / (1 + decay_rate · step / decay_steps); a staircase takes whole parts of the quotient.
/// With decay_steps 1 it is the `decay` of Keras 2's optimizers.
struct InverseTimeDecay {
  static constexpr const char* kName = "InverseTimeDecay";
  double initial_learning_rate = -1, decay_steps = 0, decay_rate = -1;
  bool staircase = false;

  static constexpr void fields(auto& self, auto& v) {
    v.number("initial_learning_rate", self.initial_learning_rate, kInitialRate);
    v.number("decay_steps", self.decay_steps, kDecaySteps);
    v.number("decay_rate", self.decay_rate, kDecayRate);
    v.flag("staircase", self.staircase);
  }

  double operator()(double step) const {
    const double p = step / decay_steps;
    return initial_learning_rate / (1 + decay_rate * (staircase ? std::floor(p) : p));
  }
};

}  // namespace ziffer::training
