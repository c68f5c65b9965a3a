// The three linear maps of Winograd's F(2×2, 3×3): a 2×2 block of a 3×3 convolution from 16
// products instead of 36 (Lavin and Gray, Fast algorithms for convolutional neural networks, 2015).
// The block is one window of the pool.
#pragma once

#include "core/simd.hpp"

namespace ziffer::kernels {

/// Elements of a transformed patch, row by row.
inline constexpr int kElements = 16;

/// The element whose value all four sums take once: the place for the bias.
inline constexpr int kBiasElement = 5;

/// Bᵀ·d of four values.
inline void transform_input(f32x4 d0, f32x4 d1, f32x4 d2, f32x4 d3, f32x4 (&t)[4]) {
  t[0] = d0 - d2;
  t[1] = d1 + d2;
  t[2] = d2 - d1;
  t[3] = d1 - d3;
}

/// G·g of three weights.
inline void transform_weights(f32x4 g0, f32x4 g1, f32x4 g2, f32x4 (&t)[4]) {
  const f32x4 half = splat(0.5F);
  const f32x4 outer = (g0 + g2) * half, middle = g1 * half;
  t[0] = g0;
  t[1] = outer + middle;
  t[2] = outer - middle;
  t[3] = g2;
}

/// The first `count` lanes from memory, at most four; the others 0.
inline f32x4 load_part(const float* from, int count) {
  if (count >= kLanes) return load(from);
  f32x4 v{};
  for (int i = 0; i < count; ++i) v[i] = from[i];
  return v;
}

/// G·g·Gᵀ of a 3×3 kernel: weight(row, column) gives it, keep(element, value) takes the 16
/// elements.
template <class Weight, class Keep>
inline void transform_kernel(Weight weight, Keep keep) {
  f32x4 columns[3][4];
  for (int q = 0; q < 3; ++q)
    transform_weights(weight(0, q), weight(1, q), weight(2, q), columns[q]);
  for (int p = 0; p < 4; ++p) {
    f32x4 row[4];
    transform_weights(columns[0][p], columns[1][p], columns[2][p], row);
    for (int q = 0; q < 4; ++q) keep(p * 4 + q, row[q]);
  }
}

/// Adds a column of the products to the sums of the window: Aᵀ·m·A, taken apart by columns.
template <int kColumn>
inline void add_output_column(f32x4 m0, f32x4 m1, f32x4 m2, f32x4 m3, f32x4 (&sum)[4]) {
  const f32x4 above = m0 + m1 + m2;
  const f32x4 below = m1 - m2 - m3;
  if constexpr (kColumn == 0) {
    sum[0] = above;
    sum[2] = below;
  } else if constexpr (kColumn == 1) {
    sum[0] += above;
    sum[1] = above;
    sum[2] += below;
    sum[3] = below;
  } else if constexpr (kColumn == 2) {
    sum[0] += above;
    sum[1] -= above;
    sum[2] += below;
    sum[3] -= below;
  } else {
    sum[1] -= above;
    sum[3] -= below;
  }
}

}  // namespace ziffer::kernels
