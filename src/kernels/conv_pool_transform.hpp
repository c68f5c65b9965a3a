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

/// Adds column `column` of the products to the sums of the window: Aᵀ·m·A, taken apart by columns.
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
