// The linear maps of Winograd's F(4×4, 3×3) with the points 0, ±1, ±2 and ∞, each for one axis, and
// how a map of one axis serves both.
#pragma once

#include "core/simd.hpp"

namespace ziffer::kernels::winograd {

inline constexpr int kSide = 6;  ///< of a transformed block
inline constexpr int kElements = kSide * kSide;
inline constexpr int kBlock = 4;  ///< outputs of a block, an axis

/// Bᵀ: six inputs.
struct InputMap {
  static constexpr int kIn = 6, kOut = 6;
  static void apply(const f32x4 (&d)[6], f32x4 (&t)[6]) {
    const f32x4 even = d[4] - d[2] * 4.0F, odd = d[3] - d[1] * 4.0F;
    const f32x4 outer = d[4] - d[2], inner = (d[3] - d[1]) * 2.0F;
    t[0] = (d[0] - d[2]) * 4.0F + outer;
    t[1] = even + odd;
    t[2] = even - odd;
    t[3] = outer + inner;
    t[4] = outer - inner;
    t[5] = (d[1] - d[3]) * 4.0F + (d[5] - d[3]);
  }
};

/// G: three weights.
struct WeightMap {
  static constexpr int kIn = 3, kOut = 6;
  static void apply(const f32x4 (&g)[3], f32x4 (&t)[6]) {
    constexpr float kSixth = 1.0F / 6.0F, kTwelfth = 1.0F / 12.0F, kQuarter = 0.25F;
    const f32x4 outer = (g[0] + g[2]) * -kSixth, middle = g[1] * kSixth;
    const f32x4 far = g[0] * (kSixth * kQuarter) + g[2] * kSixth, near = g[1] * kTwelfth;
    t[0] = g[0] * kQuarter;
    t[1] = outer - middle;
    t[2] = outer + middle;
    t[3] = far + near;
    t[4] = far - near;
    t[5] = g[2];
  }
};

/// Aᵀ: products to four outputs.
struct OutputMap {
  static constexpr int kIn = 6, kOut = 4;
  static void apply(const f32x4 (&m)[6], f32x4 (&y)[4]) {
    const f32x4 sum1 = m[1] + m[2], rest1 = m[1] - m[2];
    const f32x4 sum2 = m[3] + m[4], rest2 = m[3] - m[4];
    y[0] = m[0] + sum1 + sum2;
    y[1] = rest1 + rest2 * 2.0F;
    y[2] = sum1 + sum2 * 4.0F;
    y[3] = rest1 + rest2 * 8.0F + m[5];
  }
};

/// A: the gradients of four outputs.
struct OutputGradientMap {
  static constexpr int kIn = 4, kOut = 6;
  static void apply(const f32x4 (&y)[4], f32x4 (&m)[6]) {
    const f32x4 even1 = y[0] + y[2], odd1 = y[1] + y[3];
    const f32x4 even2 = y[0] + y[2] * 4.0F, odd2 = y[1] * 2.0F + y[3] * 8.0F;
    m[0] = y[0];
    m[1] = even1 + odd1;
    m[2] = even1 - odd1;
    m[3] = even2 + odd2;
    m[4] = even2 - odd2;
    m[5] = y[3];
  }
};

/// Gᵀ: back to the gradients of three weights.
struct WeightGradientMap {
  static constexpr int kIn = 6, kOut = 3;
  static void apply(const f32x4 (&t)[6], f32x4 (&g)[3]) {
    constexpr float kSixth = 1.0F / 6.0F, kTwelfth = 1.0F / 12.0F, kQuarter = 0.25F;
    const f32x4 near = (t[1] + t[2]) * -kSixth, far = (t[3] + t[4]) * kSixth;
    g[0] = t[0] * kQuarter + near + far * kQuarter;
    g[1] = (t[2] - t[1]) * kSixth + (t[3] - t[4]) * kTwelfth;
    g[2] = near + far + t[5];
  }
};

/// Both axes of a block: read(row, column) gives it, keep(row, column, value) takes what it became.
/// The loops over lines are kept as such: written out they would be six times the code, and no
/// faster.
template <class Map, class Read, class Keep>
inline void transform(Read read, Keep keep) {
  f32x4 half[Map::kIn][Map::kOut];
#pragma GCC unroll 1
  for (int q = 0; q < Map::kIn; ++q) {
    f32x4 column[Map::kIn];
    for (int p = 0; p < Map::kIn; ++p) column[p] = read(p, q);
    Map::apply(column, half[q]);
  }
#pragma GCC unroll 1
  for (int p = 0; p < Map::kOut; ++p) {
    f32x4 row[Map::kIn], out[Map::kOut];
    for (int q = 0; q < Map::kIn; ++q) row[q] = half[q][p];
    Map::apply(row, out);
    for (int q = 0; q < Map::kOut; ++q) keep(p, q, out[q]);
  }
}

}  // namespace ziffer::kernels::winograd
