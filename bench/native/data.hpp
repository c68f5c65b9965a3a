// Inputs and the comparison of answers.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/rng.hpp"

namespace bench {

using Floats = std::vector<float>;

inline Floats random_floats(ziffer::Rng& rng, std::size_t count) {
  Floats v(count);
  for (float& x : v) x = rng.uniform(-1, 1);
  return v;
}

/// Strokes in the middle of 28×28 paper: like MNIST's digits, about a fifth of the pixels carry
/// ink.
inline Floats ink_pictures(ziffer::Rng& rng, int images) {
  Floats x(static_cast<std::size_t>(images) * 784, 0.0F);
  for (int n = 0; n < images; ++n) {
    float cx = rng.uniform(8, 20), cy = rng.uniform(4, 8), dx = rng.uniform(-1, 1), dy = 1;
    for (int step = 0; step < 40; ++step) {
      for (int i = 0; i < 9; ++i) {
        const int px = static_cast<int>(cx) + i % 3 - 1, py = static_cast<int>(cy) + i / 3 - 1;
        x[static_cast<std::size_t>(n * 784 + py * 28 + px)] = rng.uniform(0.3F, 1);
      }
      dx = std::clamp(dx + rng.uniform(-0.6F, 0.6F), -1.0F, 1.0F);
      dy = std::clamp(dy + rng.uniform(-0.6F, 0.6F), -1.0F, 1.0F);
      cx = std::clamp(cx + dx, 5.0F, 22.9F);
      cy = std::clamp(cy + dy, 5.0F, 22.9F);
    }
  }
  return x;
}

/// Σ|a - b| / Σ|b|, so that sums of many terms are judged by their own size; 1 where something is
/// not a number.
inline double error(const Floats& got, const Floats& expected) {
  double difference = 0, size = 1e-30;
  for (std::size_t i = 0; i < got.size(); ++i) {
    difference += std::abs(static_cast<double>(got[i]) - static_cast<double>(expected[i]));
    size += std::abs(static_cast<double>(expected[i]));
  }
  return std::isfinite(difference) ? difference / size : 1;
}

}  // namespace bench
