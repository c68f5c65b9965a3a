// A float image and the filters by which ink is told from paper.
#pragma once

#include <cstddef>
#include <vector>

#include "data/picture.hpp"

namespace ziffer::data {

struct GrayMap {
  int width = 0;
  int height = 0;
  std::vector<float> values;  // [height][width]

  int longer_side() const { return width > height ? width : height; }
  float& at(int x, int y) { return values[index(x, y)]; }
  float at(int x, int y) const { return values[index(x, y)]; }
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

/// The picture in [0, 1], its longer side brought to at most `longest` by averaging whole blocks of
/// pixels.
GrayMap shrink(const Picture& picture, int longest);
GrayMap shrink(const GrayMap& map, int longest);

/// Minimum, then maximum, over squares of `2 · radius + 1` pixels (cut at the edges): takes away
/// what is lighter than its surroundings and narrower than the square, and leaves slopes and steps
/// as they are.
GrayMap opening(const GrayMap& map, int radius);

/// The mean over squares of `2 · radius + 1` pixels, cut at the edges.
GrayMap box_mean(const GrayMap& map, int radius);

/// `map` stretched to width × height by linear interpolation.
GrayMap enlarge(const GrayMap& map, int width, int height);

/// The value that a share `part` of `values` does not exceed; `values` are reordered. 0 for none.
float quantile(std::vector<float>& values, double part);

}  // namespace ziffer::data
