// What every way to a digit promises.
#pragma once

#include <cmath>

#include "data/ink.hpp"
#include "fuzz.hpp"

namespace ziffer::fuzz {

inline void is_a_digit(const data::Normalized& n) {
  law(n.fitted.width <= data::kFitted && n.fitted.height <= data::kFitted, "it fits the box");
  law(n.ink.levels.size() == std::size_t(n.ink.width) * std::size_t(n.ink.height),
      "ink has a level for each pixel");
  law(std::isfinite(n.centre_x) && std::isfinite(n.centre_y), "its centre is a place");
  if (n.empty) {
    law(std::ranges::all_of(n.image, [](auto level) { return level == 0; }), "empty is blank");
    return;
  }
  law(n.left >= 0 && n.top >= 0 && n.left + n.fitted.width <= data::kField &&
          n.top + n.fitted.height <= data::kField,
      "it stands in the image");
}

}  // namespace ziffer::fuzz
