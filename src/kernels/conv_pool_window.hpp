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
  return {max(best, f32x4{}), corner | ~(best > f32x4{})};
}

inline void store_corners(std::uint8_t* to, i32x4 corner) {
  using u8x4 = std::uint8_t __attribute__((vector_size(4)));
  const u8x4 bytes = __builtin_convertvector(corner, u8x4);
  std::memcpy(to, &bytes, sizeof bytes);
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
