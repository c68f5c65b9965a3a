#pragma once

#include "nn/augmented.hpp"

namespace ziffer::nn {

/// Active in training only: adds a share of the range of values to each image, and holds it to the
/// range.
struct RandomBrightness {
  static constexpr const char* kClass = "RandomBrightness";
  Interval factor = {};
  Interval value_range{0, 255};
  std::optional<std::uint64_t> seed = {};

  static constexpr void fields(auto& self, auto& v) {
    v.interval("factor", self.factor, kShare);
    v.interval("value_range", self.value_range, NumberRange{});
    v.seed("seed", self.seed);
  }

  Shaped shape(const Incoming& in) const { return augmented(in); }
};

}  // namespace ziffer::nn
