// Connected pieces of ink, and which of them are the digit.
#pragma once

#include <cstdint>
#include <vector>

#include "data/gray_map.hpp"
#include "data/ink.hpp"

namespace ziffer::data {

/// One 8-connected piece of ink.
struct Component {
  Box box;
  double mass = 0;  // sum of its values
  int pixels = 0;
  bool at_edge = false;  // reaches the picture's edge
};

struct Components {
  std::vector<Component> pieces;
  std::vector<std::int32_t> labels;  // [height][width]: index into pieces, -1 for paper
};

/// Finds the pieces whose values all exceed `threshold`.
Components find_components(const GrayMap& map, float threshold);

/// Sets to 0 all values but the digit's: its largest piece, and those beside it that are no specks.
/// Pieces at the picture's edge (shadows, rules, the table under the paper) yield to those within.
void keep_digit(GrayMap& map, const Components& components);

}  // namespace ziffer::data
