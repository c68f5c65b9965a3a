// The end of every forward variant: a 2×2 window of sums, four filters side by side, becomes one
// pooled output.
#pragma once

#include <cstdint>
#include <cstring>

#include "core/simd.hpp"

namespace ziffer::kernels {

struct Pooled {
  f32x4 value;
  i32x4 corner;  ///< 0–3, or -1 where ReLU made the output zero; its low byte is what argmax holds
};

/// Sums come row by row. The first corner wins a tie.
inline Pooled relu_pool(f32x4 y0, f32x4 y1, f32x4 y2, f32x4 y3) {
  const i32x4 right_above = y1 > y0;
  const i32x4 right_below = y3 > y2;
  const f32x4 above = max(y1, y0);
  const f32x4 below = max(y3, y2);
  const i32x4 lower = below > above;
  const f32x4 best = max(below, above);
  const i32x4 right = (right_below & lower) | (right_above & ~lower);
  // Masks are -1 where true: the corner 2·lower + right is the negative of this sum.
  const i32x4 corner = -(lower + lower + right);
  return {max(best, f32x4{}), corner | (best <= f32x4{})};
}

/// The low bytes of four lanes. In two steps, for each of which engines have one cheap instruction:
/// truncation in one makes the compiler narrow all the masks above first, with a table look-up for
/// each.
inline void store_corners(std::uint8_t* to, i32x4 corner) {
  using i16x8 = std::int16_t __attribute__((vector_size(16)));
  using u8x16 = std::uint8_t __attribute__((vector_size(16)));
  const auto halves = (i16x8)corner;
  const auto even = (u8x16)__builtin_shufflevector(halves, halves, 0, 2, 4, 6, 0, 2, 4, 6);
  const u8x16 bytes =
      __builtin_shufflevector(even, even, 0, 2, 4, 6, 8, 10, 12, 14, 0, 2, 4, 6, 8, 10, 12, 14);
  std::memcpy(to, &bytes, 4);
}

/// Stores the first `count` lanes, at most four. argmax may be null.
inline void store_pooled(const Pooled& pooled, int count, float* y, std::uint8_t* argmax) {
  if (count >= kLanes) {
    store(y, pooled.value);
    if (argmax) store_corners(argmax, pooled.corner);
    return;
  }
  for (int i = 0; i < count; ++i) {
    y[i] = pooled.value[i];
    if (argmax) argmax[i] = static_cast<std::uint8_t>(pooled.corner[i]);
  }
}

}  // namespace ziffer::kernels
