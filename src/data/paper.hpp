// What is paper and what is ink in a picture: its polarity, its light, its noise.
#pragma once

#include "data/gray_map.hpp"

namespace ziffer::data {

inline constexpr int kCoarse = 32;  // pictures up to this side are the size of the network's own
inline constexpr int kFine = 200;   // above it, pixels are so small that noise can be smoothed away

/// Whether ink is the darker. An even border of a coarse picture is paper. In others paper and ink
/// are told apart by what stands out from its wide surroundings, rather dark or rather light: the
/// sign of the third moment. A photograph's border may be the table.
bool is_dark_on_light(const GrayMap& map);

/// A picture without its light.
struct Flattened {
  GrayMap ink;     // 0 paper … 1 blackest, however it is lit
  float room = 1;  // the brightness of badly lit paper; noise there counts 1 / room times as much
};

/// How much lighter than its background each pixel is, as a share of the most that it could be.
/// With the picture turned to ink = light, this is 1 - ink's brightness / paper's brightness for
/// paper, however it is lit.
Flattened without_background(GrayMap map);

struct InkLevels {
  float floor = 0;  // paper and its noise lie below
  float peak = 0;   // full ink; 0 where there is none
};

/// The noise is read from near pixels' differences, the ink from what stands clearly out of it.
InkLevels find_levels(const Flattened& flat);

}  // namespace ziffer::data
