#pragma once

#include "nn/augmented.hpp"

namespace ziffer::nn {

/// Active in training only: shows 1 + factor of each image's height and width; less than 1
/// magnifies.
struct RandomZoom : Moving {
  static constexpr const char* kClass = "RandomZoom";
  Interval height_factor = {};
  std::optional<Interval> width_factor = {};  ///< none: the height's

  static constexpr void fields(auto& self, auto& v) {
    // Nothing would be left of a picture at -1.
    constexpr NumberRange kZoom{-0x1.fffffep-1, up_to(1), "factors above -1, at most 1",
                                "a lower one", "a higher one"};
    v.interval("height_factor", self.height_factor, kZoom);
    v.interval("width_factor", self.width_factor, kZoom);
    Moving::fields(self, v);
  }

  Shaped shape(const Incoming& in) const { return augmented(in); }
};

}  // namespace ziffer::nn
