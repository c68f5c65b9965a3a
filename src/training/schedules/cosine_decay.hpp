#pragma once

#include <algorithm>
#include <numbers>
#include <optional>

#include "core/precise.hpp"
#include "training/schedules/ranges.hpp"

namespace ziffer::training {

/// Half a cosine from the initial rate to alpha times that. With a warm-up target the rate first
/// rises to it in a line, and the cosine falls from there.
struct CosineDecay {
  static constexpr const char* kName = "CosineDecay";
  double initial_learning_rate = -1, decay_steps = 0, alpha = 0;
  std::optional<double> warmup_target = {};
  double warmup_steps = 0;

  static constexpr void fields(auto& self, auto& v) {
    v.number("initial_learning_rate", self.initial_learning_rate, kInitialRate);
    v.number("decay_steps", self.decay_steps, kDecaySteps);
    v.number("alpha", self.alpha, {0, up_to(1e6), "an alpha in [0, 1000000]"});
    v.maybe("warmup_target", self.warmup_target, kRate);
    v.number("warmup_steps", self.warmup_steps, {0, up_to(1e12), "at least 0 warmup_steps"});
  }

  double operator()(double step) const {
    const double warm = warmup_target ? warmup_steps : 0;
    const double from = warmup_target.value_or(initial_learning_rate);
    if (step < warm) return (from - initial_learning_rate) * step / warm + initial_learning_rate;
    const double p = std::min((step - warm) / decay_steps, 1.0);
    const double cosine = 0.5 * (1 + precise_cos(std::numbers::pi * p));
    return from * ((1 - alpha) * cosine + alpha);
  }
};

}  // namespace ziffer::training
