#pragma once

#include "nn/augmented.hpp"

namespace ziffer::nn {

/// Active in training only: each channel's distances from its mean become 1 - factor.low to
/// 1 + factor.high times as large; the result is held to the range of values.
struct RandomContrast {
  static constexpr const char* kClass = "RandomContrast";
  Interval factor = {};
  Interval value_range{0, 255};
  std::optional<std::uint64_t> seed = {};

  static constexpr void fields(auto& self, auto& v) {
    constexpr NumberRange kContrast{0, up_to(1), "factors from 0 to 1", "a lower one",
                                    "a higher one"};
    v.interval("factor", self.factor, kContrast);
    v.interval("value_range", self.value_range, NumberRange{});
    v.seed("seed", self.seed);
  }

  Shaped shape(const Incoming& in) const { return augmented(in); }
};

}  // namespace ziffer::nn
