#include "kernels/window.hpp"

#include <algorithm>
#include <cstddef>

#include "core/index.hpp"
#include "kernels/lanes.hpp"
#include "kernels/taps.hpp"

namespace ziffer::kernels {
namespace {

/// The part of one window that lies inside the image: rows [y0, y1) and columns [x0, x1), and its
/// origin.
struct Place {
  int origin_y, origin_x, y0, y1, x0, x1;
  int count() const { return (y1 - y0) * (x1 - x0); }
};

Place place(const WindowShape& s, int oy, int ox) {
  const int y = oy * s.stride_y - s.top, x = ox * s.stride_x - s.left;
  return {y,
          x,
          std::max(y, 0),
          std::min(y + s.window_height, s.height),
          std::max(x, 0),
          std::min(x + s.window_width, s.width)};
}

/// Calls f(place, output index) for every output position, in row-major order.
template <class F>
void each_place(const WindowShape& s, F f) {
  for (int oy = 0; oy < s.out_height; ++oy) {
    for (int ox = 0; ox < s.out_width; ++ox) f(place(s, oy, ox), at(oy * s.out_width + ox));
  }
}

/// Calls f(in the patches, in the image, how many) for each run of numbers that lie side by side in
/// both, of the patch of output o.
template <class F>
void each_run(const WindowShape& s, const Taps& t, int o, F f) {
  const bool together = s.dilation_x == 1;
  const int columns = t.columns.count();
  const int runs = together ? std::min(columns, 1) : columns;
  const int length = (together ? columns : 1) * s.channels;
  for (int ky = t.rows.first; ky < t.rows.end; ++ky) {
    const int place = (o * s.window_height + ky) * s.window_width + t.columns.first;
    const int pixel = (t.y + ky * s.dilation_y) * s.width + t.x + t.columns.first * s.dilation_x;
    for (int r = 0; r < runs; ++r) {
      f(at((place + r) * s.channels), at((pixel + r * s.dilation_x) * s.channels), length);
    }
  }
}

/// Copies a short run without a call: whole vectors, the last of which reaches back.
inline void copy_run(const float* from, int length, float* to) {
  if (length < kLanes) {
    for (int i = 0; i < length; ++i) to[i] = from[i];
    return;
  }
  for (int i = 0; i + kLanes < length; i += kLanes) store(to + i, load(from + i));
  store(to + length - kLanes, load(from + length - kLanes));
}

}  // namespace

namespace scalar {

void im2col(const WindowShape& s, std::span<const float> x, std::span<float> patches) {
  const int places = s.window_height * s.window_width;
  each_taps(s, [&](const Taps& t, int o) {
    const std::size_t patch = at(places * s.channels);
    if (t.count() < places) std::ranges::fill(patches.subspan(at(o) * patch, patch), 0.0F);
    each_run(s, t, o, [&](std::size_t to, std::size_t from, int length) {
      copy_run(&x[from], length, &patches[to]);
    });
  });
}

void col2im(const WindowShape& s, std::span<const float> patches, std::span<float> dx) {
  each_taps(s, [&](const Taps& t, int o) {
    each_run(s, t, o, [&](std::size_t from, std::size_t to, int length) {
      for (int i = 0; i < length; ++i) dx[to + at(i)] += patches[from + at(i)];
    });
  });
}

// Channels lie side by side: going over them innermost, a window is read as it lies in memory.
void max_pool(const WindowShape& s, std::span<const float> x, std::span<float> y,
              std::span<std::uint16_t> where) {
  const std::size_t c = at(s.channels);
  each_place(s, [&](const Place& p, std::size_t o) {
    float* top = &y[o * c];
    std::uint16_t* best = &where[o * c];
    bool first = true;
    for (int iy = p.y0; iy < p.y1; ++iy) {
      for (int ix = p.x0; ix < p.x1; ++ix) {
        const float* v = &x[at(iy * s.width + ix) * c];
        const auto place =
            static_cast<std::uint16_t>((iy - p.origin_y) * s.window_width + (ix - p.origin_x));
        for (std::size_t k = 0; k < c; ++k) {
          const bool larger = first || v[k] > top[k];
          top[k] = larger ? v[k] : top[k];
          best[k] = larger ? place : best[k];
        }
        first = false;
      }
    }
  });
}

void max_pool_gradient(const WindowShape& s, std::span<const float> dy,
                       std::span<const std::uint16_t> where, std::span<float> dx) {
  const std::size_t c = at(s.channels);
  each_place(s, [&](const Place& p, std::size_t o) {
    for (std::size_t k = 0; k < c; ++k) {
      const int w = where[o * c + k];
      const int iy = p.origin_y + w / s.window_width, ix = p.origin_x + w % s.window_width;
      dx[at(iy * s.width + ix) * c + k] += dy[o * c + k];
    }
  });
}

void average_pool(const WindowShape& s, std::span<const float> x, std::span<float> y) {
  const std::size_t c = at(s.channels);
  each_place(s, [&](const Place& p, std::size_t o) {
    float* mean = &y[o * c];
    std::fill(mean, mean + c, 0.0F);
    for (int iy = p.y0; iy < p.y1; ++iy) {
      for (int ix = p.x0; ix < p.x1; ++ix) {
        const float* v = &x[at(iy * s.width + ix) * c];
        for (std::size_t k = 0; k < c; ++k) mean[k] += v[k];
      }
    }
    for (std::size_t k = 0; k < c; ++k) mean[k] /= static_cast<float>(p.count());
  });
}

void average_pool_gradient(const WindowShape& s, std::span<const float> dy, std::span<float> dx) {
  const std::size_t c = at(s.channels);
  each_place(s, [&](const Place& p, std::size_t o) {
    const float* d = &dy[o * c];
    for (int iy = p.y0; iy < p.y1; ++iy) {
      for (int ix = p.x0; ix < p.x1; ++ix) {
        float* to = &dx[at(iy * s.width + ix) * c];
        for (std::size_t k = 0; k < c; ++k) to[k] += d[k] / static_cast<float>(p.count());
      }
    }
  });
}

}  // namespace scalar

// The plain loops: channels lie side by side, and compilers make vectors of them.

void im2col(const WindowShape& s, std::span<const float> x, std::span<float> patches) {
  scalar::im2col(s, x, patches);
}
void col2im(const WindowShape& s, std::span<const float> patches, std::span<float> dx) {
  scalar::col2im(s, patches, dx);
}
void max_pool(const WindowShape& s, std::span<const float> x, std::span<float> y,
              std::span<std::uint16_t> where) {
  scalar::max_pool(s, x, y, where);
}
void max_pool_gradient(const WindowShape& s, std::span<const float> dy,
                       std::span<const std::uint16_t> where, std::span<float> dx) {
  scalar::max_pool_gradient(s, dy, where, dx);
}
void average_pool(const WindowShape& s, std::span<const float> x, std::span<float> y) {
  scalar::average_pool(s, x, y);
}
void average_pool_gradient(const WindowShape& s, std::span<const float> dy, std::span<float> dx) {
  scalar::average_pool_gradient(s, dy, dx);
}

}  // namespace ziffer::kernels
