// The last steps of MNIST's normalisation, the same for drawn and photographed ink: box → 20×20 →
// centre of mass → 28×28.
#pragma once

#include "data/ink.hpp"

namespace ziffer::data {

/// The smallest box that holds every level of at least `threshold`; all zero if there is none.
Box ink_box(const InkImage& ink, int threshold);

/// Fills in the steps after `ink` and `box`. `scale` is the side of one fitted pixel in pixels of
/// `ink`: the longer side of the box divided by 20, or more to magnify less; the fitted ink never
/// exceeds 20×20.
void fit_and_centre(Normalized& normalized, float scale);

}  // namespace ziffer::data
