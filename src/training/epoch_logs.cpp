#include "training/epoch_logs.hpp"

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
bool Watch::improves(double value, double best, double min_delta) const {
  if (std::isnan(best)) return true;
  const bool of_accuracy = monitor == Monitor::accuracy || monitor == Monitor::val_accuracy;
  const bool upwards = mode == Mode::automatic ? of_accuracy : mode == Mode::max;
  const auto reference = static_cast<float>(best);
  return upwards ? static_cast<float>(value - min_delta) > reference
                 : static_cast<float>(value + min_delta) < reference;
}

}  // namespace ziffer::training
