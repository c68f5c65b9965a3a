#pragma once

#include <array>

#include "config/number_range.hpp"
#include "training/callback.hpp"

namespace ziffer::training {

/// Ends training when the monitored number has not improved for `patience` epochs.
struct EarlyStopping {
  static constexpr const char* kName = "early_stopping";
  static constexpr std::array kLater{"baseline", "start_from_epoch"};
  Watch watch = {};
  double min_delta = 0;
  int patience = 0;
  bool restore_best_weights = false;
  std::optional<double> baseline = {};  ///< waiting ends only with what is better than this, too
  int start_from_epoch = 0;             ///< the epochs before it are not looked at

  static constexpr void fields(auto& self, auto& v) {
    v.word("monitor", self.watch.monitor);
    v.word("mode", self.watch.mode);
    v.number("min_delta", self.min_delta, {-1e9, up_to(1e9), "a min_delta of at most 1e9 in size"});
    v.whole("patience", self.patience, 0, 1'000'000);
    v.flag("restore_best_weights", self.restore_best_weights);
    v.maybe("baseline", self.baseline, {-1e9, up_to(1e9), "a baseline of at most 1e9 in size"});
    v.whole("start_from_epoch", self.start_from_epoch, 0, 1'000'000);
  }

  std::unique_ptr<Callback> make() const;
};

}  // namespace ziffer::training
