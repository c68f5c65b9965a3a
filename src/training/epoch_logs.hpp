// The numbers of an epoch, and when one of them counts as better, by Keras's rules.
#pragma once

#include <array>

#include "config/words.hpp"

namespace ziffer::training {

enum class Monitor { loss, accuracy, val_loss, val_accuracy };
enum class Mode { automatic, min, max };

/// The numbers of one epoch; NaN where there was no validation.
struct EpochLogs {
  double loss, accuracy, val_loss, val_accuracy;

  double operator[](Monitor) const;
};

/// What is watched, and which way it is to go.
struct Watch {
  Monitor monitor = Monitor::val_loss;
  Mode mode = Mode::automatic;

  /// Whether `value` is better than `best` by more than `min_delta`; any is where best is NaN.
  bool improves(double value, double best, double min_delta = 0) const;
};

}  // namespace ziffer::training

namespace ziffer {

template <>
struct Words<training::Monitor> {
  static constexpr const char* kind = "monitor";
  static constexpr std::array list{"loss", "accuracy", "val_loss", "val_accuracy"};
};
template <>
struct Words<training::Mode> {
  static constexpr const char* kind = "mode";
  static constexpr std::array list{"auto", "min", "max"};
};

}  // namespace ziffer
