#include "training/callbacks.hpp"

#include <cmath>

namespace ziffer::training {

double EpochLogs::operator[](Monitor m) const {
  const double value = m == Monitor::loss       ? loss
                       : m == Monitor::accuracy ? accuracy
                       : m == Monitor::val_loss ? val_loss
                                                : val_accuracy;
  return static_cast<double>(static_cast<float>(value));
}

// Keras's logs are 32-bit floats, and so is its comparison: accuracies that differ by exactly
// min_delta are a tie.
bool improves(Mode mode, double value, double best, double min_delta) {
  if (std::isnan(best)) return true;
  const auto reference = static_cast<float>(best);
  return mode == Mode::min ? static_cast<float>(value + min_delta) < reference
                           : static_cast<float>(value - min_delta) > reference;
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
