#pragma once

#include <cmath>

#include "core/precise.hpp"
#include "training/schedules/ranges.hpp"

namespace ziffer::training {

/// initial · decay_rate^(step / decay_steps); a staircase takes whole powers.
struct ExponentialDecay {
  static constexpr const char* kName = "ExponentialDecay";
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
    return initial_learning_rate * precise_power(decay_rate, staircase ? std::floor(p) : p);
  }
};

}  // namespace ziffer::training
