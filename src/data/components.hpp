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
  double mass = 0;       // sum of its values
  bool at_edge = false;  // reaches the picture's edge
  float peak = 0;        // its greatest value
  float steepest = 0;    // the greatest difference within an eightieth of the map's longer side
};

struct Components {
  std::vector<Component> pieces;
  std::vector<std::int32_t> labels;  // [height][width]: index into pieces, -1 for paper
};

/// Finds the pieces whose values all exceed `threshold`.
Components find_components(const GrayMap& map, float threshold);

/// What lies beside the digit and may be another one.
struct Others {
  int count = 0;
  double x = 0, y = 0;  // from their middle to the digit's, in pixels
};

/// Sets to 0 all values but the digit's: its largest piece, and those beside it that are no specks.
/// Pieces at the picture's edge (shadows, the table under the paper) yield to those within. A piece
/// without a steep edge is none: ink ends within few pixels, a soft shadow does not. Returns what
/// it took away that is about as large and as heavy.
Others keep_digit(GrayMap& map, const Components& components);

}  // namespace ziffer::data
