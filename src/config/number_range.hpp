// The values that a numeric setting may have, and the words that errors use for them.
#pragma once

#include <limits>

namespace ziffer {

inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();

/// `below` of a range that includes `high`, which is positive: a double just above it.
constexpr double up_to(double high) { return high * (1 + std::numeric_limits<double>::epsilon()); }

/// low ≤ value < below.
struct NumberRange {
  double low = -kNoLimit, below = kNoLimit;
  const char* expected = "a number";
  const char* too_low = "a lower one";
  const char* too_high = "a higher one";
};

/// A setting of two numbers: what is drawn lies between them.
struct Interval {
  float low = 0, high = 0;
  friend bool operator==(const Interval&, const Interval&) = default;
};

}  // namespace ziffer
