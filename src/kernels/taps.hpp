// The places of a sliding window that lie inside the image. Private to the kernels.
#pragma once

#include <algorithm>

#include "kernels/window.hpp"

namespace ziffer::kernels {

/// A part of a window's rows or columns: from `first` to before `end`.
struct Inside {
  int first, end;
  int count() const { return end - first; }
};

/// Of n places that start at `origin`, `step` apart, those in [0, size).
inline Inside inside(int origin, int step, int n, int size) {
  const int first = origin < 0 ? (step - 1 - origin) / step : 0;
  const int end = origin < size ? std::min((size - 1 - origin) / step + 1, n) : 0;
  return {first, std::max(first, end)};
}

/// One window: where it begins, outside the image too, and what of it lies inside.
struct Taps {
  int y, x;
  Inside rows, columns;
  int count() const { return rows.count() * columns.count(); }
};

/// Calls f(taps, output index) for every output position, in row-major order.
template <class F>
void each_taps(const WindowShape& s, F f) {
  for (int oy = 0; oy < s.out_height; ++oy) {
    const int y = oy * s.stride_y - s.top;
    const Inside rows = inside(y, s.dilation_y, s.window_height, s.height);
    for (int ox = 0; ox < s.out_width; ++ox) {
      const int x = ox * s.stride_x - s.left;
      f(Taps{y, x, rows, inside(x, s.dilation_x, s.window_width, s.width)}, oy * s.out_width + ox);
    }
  }
}

}  // namespace ziffer::kernels
