// The printed rules and squares of paper.
#pragma once

#include "data/gray_map.hpp"

namespace ziffer::data {

/// Erases thin straight lines that cross the whole map, up to six degrees aslant, and leaves what
/// crosses them and is thicker. A single line with nothing else on the map stays: it may be a 1.
/// `threshold`: ink lies above.
void erase_rules(GrayMap& ink, float threshold);

}  // namespace ziffer::data
