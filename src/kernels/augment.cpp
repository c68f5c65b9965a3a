#include "kernels/augment.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "core/index.hpp"

namespace ziffer::kernels {
namespace {

/// Places far outside stay far outside.
std::int64_t whole(float x) { return static_cast<std::int64_t>(std::clamp(x, -1e15F, 1e15F)); }

/// The place within [0, n − 1] that stands for one outside; a NaN where the fill's value does.
/// Distances are taken off with whole numbers of periods, as both libraries do.
float inside(float x, int n, const Sampling& s) {
  const auto last = static_cast<float>(n - 1);
  if (x >= 0 && x <= last) return x;
  if (s.fill == Fill::constant) return s.scipy ? std::nanf("") : x;
  if (s.fill == Fill::nearest || n == 1) return x < 0 || n == 1 ? 0 : last;
  if (s.fill == Fill::wrap) {
    const auto period = static_cast<float>(s.scipy ? n - 1 : n);
    // Both count the periods by the distance between the outer pixels.
    if (x < 0) return std::clamp(x + period * static_cast<float>(whole(-x / last) + 1), 0.0F, last);
    return std::clamp(x - period * static_cast<float>(whole(x / last)), 0.0F, last);
  }
  const auto period = static_cast<float>(2 * n), size = static_cast<float>(n);
  if (x < 0) {
    x += period * static_cast<float>(whole(-x / period));
    x = x < -size ? x + period : -x - 1;
  } else {
    x -= period * static_cast<float>(whole(x / period));
    if (x >= size) x = period - x - 1;
  }
  return std::clamp(x, 0.0F, last);
}

/// Up to four pixels with their weights; `at` is −1 where the fill's value stands for one.
struct Corners {
  std::array<std::ptrdiff_t, 4> at;
  float right, down;  ///< the weights of the right and the lower pair
};

Corners corners_at(const Picture& p, const Sampling& s, float x, float y) {
  x = inside(x, p.width, s);
  y = inside(y, p.height, s);
  if (!(x == x && y == y)) return {{-1, -1, -1, -1}, 0, 0};
  const auto place = [&](std::int64_t row, std::int64_t column) {
    const bool there = row >= 0 && row < p.height && column >= 0 && column < p.width;
    return there ? static_cast<std::ptrdiff_t>((row * p.width + column) * p.channels) : -1;
  };
  if (!s.bilinear) {
    const std::ptrdiff_t only =
        s.scipy ? place(whole(std::floor(y + 0.5F)), whole(std::floor(x + 0.5F)))
                : place(whole(std::round(y)), whole(std::round(x)));
    return {{only, only, only, only}, 0, 0};
  }
  const float left = std::floor(x), top = std::floor(y);
  const std::int64_t column = whole(left), row = whole(top);
  return {{place(row, column), place(row, column + 1), place(row + 1, column),
           place(row + 1, column + 1)},
          x - left,
          y - top};
}

/// Calls use(place of the pixel, its corners) for every pixel of the output.
void each_pixel(const Picture& p, const Sampling& s, const Affine& from, const auto& use) {
  std::size_t to = 0;
  for (int row = 0; row < p.height; ++row) {
    const auto y = static_cast<float>(row);
    for (int column = 0; column < p.width; ++column, to += at(p.channels)) {
      const auto x = static_cast<float>(column);
      use(to, corners_at(p, s, from.xx * x + from.xy * y + from.x0,
                         from.yx * x + from.yy * y + from.y0));
    }
  }
}

/// Each channel's mean.
float mean_of(const Picture& p, std::span<const float> x, int channel) {
  double sum = 0;
  for (std::size_t i = at(channel); i < x.size(); i += at(p.channels)) {
    sum += static_cast<double>(x[i]);
  }
  return static_cast<float>(sum / (static_cast<double>(p.height) * p.width));
}

bool within(float value, const Limits& l) { return value >= l.low && value <= l.high; }

}  // namespace

void warp(const Picture& p, const Sampling& s, const Affine& from, std::span<const float> x,
          std::span<float> y) {
  each_pixel(p, s, from, [&](std::size_t to, const Corners& c) {
    for (std::size_t k = 0; k < at(p.channels); ++k) {
      const auto value = [&](std::size_t i) {
        return c.at[i] < 0 ? s.value : x[static_cast<std::size_t>(c.at[i]) + k];
      };
      const float upper = (1 - c.right) * value(0) + c.right * value(1);
      const float lower = (1 - c.right) * value(2) + c.right * value(3);
      y[to + k] = (1 - c.down) * upper + c.down * lower;
    }
  });
}

void warp_gradient(const Picture& p, const Sampling& s, const Affine& from,
                   std::span<const float> dy, std::span<float> dx) {
  std::ranges::fill(dx, 0.0F);
  each_pixel(p, s, from, [&](std::size_t to, const Corners& c) {
    const std::array<float, 4> weights{(1 - c.down) * (1 - c.right), (1 - c.down) * c.right,
                                       c.down * (1 - c.right), c.down * c.right};
    for (std::size_t i = 0; i < 4; ++i) {
      if (c.at[i] < 0 || weights[i] == 0) continue;
      for (std::size_t k = 0; k < at(p.channels); ++k) {
        dx[static_cast<std::size_t>(c.at[i]) + k] += weights[i] * dy[to + k];
      }
    }
  });
}

void contrast(const Picture& p, float factor, const Limits& limits, std::span<const float> x,
              std::span<float> y) {
  for (int c = 0; c < p.channels; ++c) {
    const float mean = mean_of(p, x, c);
    for (std::size_t i = at(c); i < x.size(); i += at(p.channels)) {
      y[i] = std::clamp((x[i] - mean) * factor + mean, limits.low, limits.high);
    }
  }
}

void contrast_gradient(const Picture& p, float factor, const Limits& limits,
                       std::span<const float> x, std::span<const float> dy, std::span<float> dx) {
  for (int c = 0; c < p.channels; ++c) {
    const float mean = mean_of(p, x, c);
    for (std::size_t i = at(c); i < x.size(); i += at(p.channels)) {
      dx[i] = within((x[i] - mean) * factor + mean, limits) ? dy[i] : 0;
    }
    // Each pixel counts through itself and through the mean.
    const float through_mean = mean_of(p, dx, c) * (1 - factor);
    for (std::size_t i = at(c); i < x.size(); i += at(p.channels)) {
      dx[i] = dx[i] * factor + through_mean;
    }
  }
}

void brighten(float more, const Limits& limits, std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] = std::clamp(x[i] + more, limits.low, limits.high);
}

void brighten_gradient(float more, const Limits& limits, std::span<const float> x,
                       std::span<const float> dy, std::span<float> dx) {
  for (std::size_t i = 0; i < x.size(); ++i) dx[i] = within(x[i] + more, limits) ? dy[i] : 0;
}

}  // namespace ziffer::kernels
