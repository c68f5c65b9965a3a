// EarlyStopping and ModelCheckpoint, with Keras 3's rules.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "training/options.hpp"

namespace ziffer::training {

/// The numbers of one epoch; NaN where there was no validation.
struct EpochLogs {
  double loss, accuracy, val_loss, val_accuracy;

  double operator[](Monitor) const;
};

/// Whether `value` is better than `best` by more than `min_delta`.
bool improves(Mode, double value, double best, double min_delta);

class EarlyStopping {
 public:
  explicit EarlyStopping(const EarlyStoppingConfig& config) : config_(config) {}

  /// Called after each epoch (0-based) with the weights it ended with; true when training should
  /// stop.
  bool epoch_end(int epoch, const EpochLogs&, std::span<const float> weights);

  /// The best weights when they are to be restored at the end of training, else empty. Keras 3
  /// restores them also when all epochs were run.
  std::span<const float> weights_to_restore() const { return best_weights_; }

  int best_epoch() const noexcept { return best_epoch_; }

  struct State {
    double best;
    int best_epoch, wait;
  };
  State state() const { return {best_, best_epoch_, wait_}; }
  void restore(const State&, std::span<const float> best_weights);

 private:
  EarlyStoppingConfig config_;
  double best_ = std::numeric_limits<double>::quiet_NaN();
  int best_epoch_ = -1;
  int wait_ = 0;
  std::vector<float> best_weights_;
};

class ModelCheckpoint {
 public:
  explicit ModelCheckpoint(const ModelCheckpointConfig& config) : config_(config) {}

  /// True when this epoch's weights are to be saved; then they are kept in weights().
  bool epoch_end(const EpochLogs&, std::span<const float> weights);

  std::span<const float> weights() const { return weights_; }
  double best() const noexcept { return best_; }
  void restore(double best, std::span<const float> weights);

 private:
  ModelCheckpointConfig config_;
  double best_ = std::numeric_limits<double>::quiet_NaN();
  std::vector<float> weights_;
};

}  // namespace ziffer::training
