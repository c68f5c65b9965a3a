// What an optimizer is given, and what every one of them has.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "config/number_range.hpp"
#include "training/schedules.hpp"

namespace ziffer::training {

struct Range {
  std::size_t first, count;
};

/// One update of weights that lie side by side. A slot that the optimizer does not use is empty.
struct OptimizerStep {
  std::uint64_t number;  ///< from 1
  std::span<const float> gradient;
  std::span<float> weights;
  std::span<const std::span<float>> slots;
};

inline constexpr NumberRange kEpsilon{0, up_to(1), "an epsilon in [0, 1]"};
inline constexpr NumberRange kMomentum{0, up_to(1), "a momentum in [0, 1]"};

/// Keras's settings of every optimizer. 0 is its None: nothing is clipped, shrunk or overwritten.
struct OptimizerCommon {
  static constexpr std::array kLater{"weight_decay",           "clipnorm", "clipvalue",
                                     "global_clipnorm",        "use_ema",  "ema_momentum",
                                     "ema_overwrite_frequency"};
  /// Each weight shrinks before each step by its share weight_decay · rate.
  float weight_decay = 0;
  /// The largest norm of a weight's gradient, of each of its numbers, and of the whole gradient.
  float clipnorm = 0, clipvalue = 0, global_clipnorm = 0;
  /// A moving average of the weights is kept, which they become when a fit ends, and each
  /// ema_overwrite_frequency steps.
  bool use_ema = false;
  float ema_momentum = 0.99F;
  int ema_overwrite_frequency = 0;
  /// Instead of a learning rate.
  std::shared_ptr<Schedule> schedule = {};

  static constexpr void common(auto& self, auto& v) {
    constexpr NumberRange kClip{0, up_to(1e6), "a number in [0, 1000000]"};
    v.number("weight_decay", self.weight_decay, {0, up_to(1), "a weight_decay in [0, 1]"});
    v.number("clipnorm", self.clipnorm, kClip);
    v.number("clipvalue", self.clipvalue, kClip);
    v.number("global_clipnorm", self.global_clipnorm, kClip);
    v.flag("use_ema", self.use_ema);
    v.number("ema_momentum", self.ema_momentum, {0, up_to(1), "an ema_momentum in [0, 1]"});
    v.whole("ema_overwrite_frequency", self.ema_overwrite_frequency, 0, 1'000'000'000);
    v.kind("schedule", self.schedule);
  }
};

/// base^n by squaring: std::pow's last bit differs between libraries.
double power(double base, std::uint64_t n);

}  // namespace ziffer::training
