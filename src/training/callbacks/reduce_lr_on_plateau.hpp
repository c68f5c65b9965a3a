#pragma once

#include "config/number_range.hpp"
#include "training/callback.hpp"

namespace ziffer::training {

/// Multiplies the learning rate by `factor` when the monitored number has not improved for
/// `patience` epochs, then waits `cooldown` epochs before it counts again.
struct ReduceLROnPlateau {
  static constexpr const char* kName = "reduce_lr_on_plateau";
  Watch watch = {};
  double factor = 0.1;
  int patience = 10;
  double min_delta = 1e-4;
  int cooldown = 0;
  double min_lr = 0;

  static constexpr void fields(auto& self, auto& v) {
    v.word("monitor", self.watch.monitor);
    v.number("factor", self.factor, {0, 1, "a factor in [0, 1)"});
    v.whole("patience", self.patience, 0, 1'000'000);
    v.word("mode", self.watch.mode);
    v.number("min_delta", self.min_delta, {-1e9, up_to(1e9), "a min_delta of at most 1e9 in size"});
    v.whole("cooldown", self.cooldown, 0, 1'000'000);
    v.number("min_lr", self.min_lr, {0, up_to(1e6), "a min_lr in [0, 1000000]"});
  }

  std::unique_ptr<Callback> make() const;
};

}  // namespace ziffer::training
