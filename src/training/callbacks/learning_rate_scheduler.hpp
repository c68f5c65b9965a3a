#pragma once

#include <vector>

#include "config/number_range.hpp"
#include "training/callback.hpp"

namespace ziffer::training {

/// Sets the learning rate of each epoch before it begins. Keras asks a function of epoch and rate;
/// here it has been asked for all epochs already. Behind the last of them the rate stays.
struct LearningRateScheduler {
  static constexpr const char* kName = "learning_rate_scheduler";
  std::vector<double> schedule = {};

  static constexpr void fields(auto& self, auto& v) {
    v.numbers("schedule", self.schedule, {0, up_to(1e6), "a rate in [0, 1000000]"});
  }

  std::unique_ptr<Callback> make() const;
};

}  // namespace ziffer::training
