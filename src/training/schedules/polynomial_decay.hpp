#pragma once

#include <algorithm>
#include <cmath>

#include "core/precise.hpp"
#include "training/schedules/ranges.hpp"

namespace ziffer::training {

/// From initial to end by (1 - step / decay_steps)^power; a cycle stretches decay_steps to the next
/// multiple that the steps have not passed.
struct PolynomialDecay {
  static constexpr const char* kName = "PolynomialDecay";
  double initial_learning_rate = -1, decay_steps = 0, end_learning_rate = 0.0001, power = 1;
  bool cycle = false;

  static constexpr void fields(auto& self, auto& v) {
    v.number("initial_learning_rate", self.initial_learning_rate, kInitialRate);
    v.number("decay_steps", self.decay_steps, kDecaySteps);
    v.number("end_learning_rate", self.end_learning_rate, kRate);
    v.number("power", self.power, {0, up_to(1e6), "a power in [0, 1000000]"});
    v.flag("cycle", self.cycle);
  }

  double operator()(double step) const {
    const double turns = cycle && step > 0 ? std::ceil(step / decay_steps) : 1;
    const double p = std::min(step / (decay_steps * turns), 1.0);
    return (initial_learning_rate - end_learning_rate) * precise_power(1 - p, power) +
           end_learning_rate;
  }
};

}  // namespace ziffer::training
