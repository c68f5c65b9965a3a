// Makes thin strokes thicker.
#pragma once

#include "data/ink.hpp"

namespace ziffer::data {

/// Spreads ink to all sides by `radius` pixels, with an antialiased edge: each level becomes the
/// greatest within the radius; from there the spread ink fades to nothing within one pixel. Takes
/// time in proportion to pixels times radius.
InkImage thicken(const InkImage& ink, float radius);

}  // namespace ziffer::data
