#include "training/callbacks.hpp"

#include <cmath>

namespace ziffer::training {

double EpochLogs::operator[](Monitor m) const {
  switch (m) {
    case Monitor::loss:
      return loss;
    case Monitor::accuracy:
      return accuracy;
    case Monitor::val_loss:
      return val_loss;
    case Monitor::val_accuracy:
      return val_accuracy;
  }
  return loss;
}

bool improves(Mode mode, double value, double best, double min_delta) {
  if (std::isnan(best)) return true;
  return mode == Mode::min ? value + min_delta < best : value - min_delta > best;
}

bool EarlyStopping::epoch_end(int epoch, const EpochLogs& logs, std::span<const float> weights) {
  const double current = logs[config_.monitor];
  // Keras warns and goes on when the monitored number is missing.
  if (std::isnan(current)) return false;
  ++wait_;
  if (improves(config_.mode, current, best_, config_.min_delta)) {
    best_ = current;
    best_epoch_ = epoch;
    if (config_.restore_best_weights) best_weights_.assign(weights.begin(), weights.end());
    wait_ = 0;
    return false;
  }
  return wait_ >= config_.patience && epoch > 0;
}

void EarlyStopping::restore(const State& state, std::span<const float> best_weights) {
  best_ = state.best;
  best_epoch_ = state.best_epoch;
  wait_ = state.wait;
  best_weights_.assign(best_weights.begin(), best_weights.end());
}

bool ModelCheckpoint::epoch_end(const EpochLogs& logs, std::span<const float> weights) {
  const double current = logs[config_.monitor];
  if (config_.save_best_only) {
    if (std::isnan(current) || !improves(config_.mode, current, best_, 0)) return false;
    best_ = current;
  }
  weights_.assign(weights.begin(), weights.end());
  return true;
}

void ModelCheckpoint::restore(double best, std::span<const float> weights) {
  best_ = best;
  weights_.assign(weights.begin(), weights.end());
}

}  // namespace ziffer::training
