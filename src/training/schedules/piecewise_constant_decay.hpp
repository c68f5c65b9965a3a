#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/error.hpp"
#include "training/schedules/ranges.hpp"

namespace ziffer::training {

/// values[i] up to and with step boundaries[i], the last value behind them.
struct PiecewiseConstantDecay {
  static constexpr const char* kName = "PiecewiseConstantDecay";
  std::vector<double> boundaries, values;

  static constexpr void fields(auto& self, auto& v) {
    v.numbers("boundaries", self.boundaries, {0, up_to(1e12), "boundaries of at least 0"});
    v.numbers("values", self.values, kRate);
  }

  /// Errors: `invalid_config`.
  void check() const {
    if (!boundaries.empty() && values.size() == boundaries.size() + 1 &&
        std::ranges::is_sorted(boundaries))
      return;
    throw Error("invalid_config",
                "PiecewiseConstantDecay: expected boundaries in order and one value more.");
  }

  double operator()(double step) const {
    // Keras compares whole numbers of steps.
    const auto past = std::ranges::find_if(
        boundaries, [step](double boundary) { return step <= std::trunc(boundary); });
    return values[static_cast<std::size_t>(past - boundaries.begin())];
  }
};

}  // namespace ziffer::training
