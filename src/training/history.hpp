// Keras's History: the numbers of every epoch that was completed.
#pragma once

#include <string>
#include <vector>

#include "training/epoch_logs.hpp"

namespace ziffer::training {

struct History {
  std::vector<EpochLogs> epochs;
  std::vector<float> learning_rates = {};  ///< one an epoch where a callback may change it, or none
  int best_epoch = -1;     ///< 0-based, by the monitored number; -1 before the first epoch
  int stopped_epoch = -1;  ///< 0-based, where EarlyStopping ended training; -1 otherwise

  /// {"epoch": [0, …], "history": {"loss": […], "accuracy": […], "val_loss": […], "val_accuracy":
  /// […], "learning_rate": […]}, "bestEpoch", "stoppedEpoch"}; the val_ lists are left out without
  /// validation, the rates where nothing may change them, as in Keras.
  std::string json() const;
};

}  // namespace ziffer::training
