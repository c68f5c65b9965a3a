// Keras's History: the numbers of every epoch that was completed.
#pragma once

#include <string>
#include <vector>

#include "training/epoch_logs.hpp"
#include "training/metrics.hpp"

namespace ziffer::training {

struct History {
  std::vector<EpochLogs> epochs;
  std::vector<float> learning_rates = {};  ///< one an epoch where a callback may change it, or none
  std::vector<std::string> metric_keys = {};
  std::vector<double> metrics = {};  ///< [epochs][two a metric: of training, of validation]
  int initial_epoch = 0;             ///< the first one's number
  int validation_freq = 0;           ///< epochs from one validation to the next; 0: none
  int best_epoch = -1;     ///< 0-based, by the monitored number; -1 before the first epoch
  int stopped_epoch = -1;  ///< 0-based, where a callback ended training; -1 otherwise

  /// {"epoch": [0, …], "history": {"loss": […], "accuracy": […], "val_loss": […], "val_accuracy":
  /// […], "learning_rate": […]}, "bestEpoch", "stoppedEpoch"}; the val_ lists are left out without
  /// validation, the rates where nothing may change them, as in Keras.
  std::string json() const;

  void add_metrics(const MetricSums& trained, const MetricSums& validated);

  const EpochLogs& of(int epoch) const {
    return epochs[static_cast<std::size_t>(epoch - initial_epoch)];
  }
};

}  // namespace ziffer::training
