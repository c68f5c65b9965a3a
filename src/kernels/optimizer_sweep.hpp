// The flat arrays of an optimizer, four numbers at a time and one by one: what the updates of both
// are written in.
#pragma once

#include <cmath>
#include <span>

#include "core/simd.hpp"

namespace ziffer::kernels::simd128 {

inline f32x4 root(f32x4 x) {
  return f32x4{std::sqrt(x[0]), std::sqrt(x[1]), std::sqrt(x[2]), std::sqrt(x[3])};
}

inline float root(float x) { return std::sqrt(x); }

/// Calls update(gradient, slot…) with every four numbers, then with each of the last few. The
/// update is one text for both: what becomes of a parameter may not depend on where it stands.
template <class Update, class... Slot>
void sweep(std::span<const float> gradient, Update update, Slot... slots) {
  std::size_t i = 0;
  for (; i + kLanes <= gradient.size(); i += kLanes) {
    [&](auto... numbers) {
      update(load(&gradient[i]), numbers...);
      (store(&slots[i], numbers), ...);
    }(load(&slots[i])...);
  }
  for (; i < gradient.size(); ++i) update(gradient[i], slots[i]...);
}

inline float larger(float a, float b) { return b < a ? a : b; }
inline f32x4 larger(f32x4 a, f32x4 b) { return max(a, b); }
inline float magnitude(float x) { return std::abs(x); }
inline f32x4 magnitude(f32x4 x) { return select(x < splat(0.0F), -x, x); }
/// 1, -1, or 0 for both zeros.
inline float sign(float x) { return x > 0 ? 1.0F : x < 0 ? -1.0F : 0.0F; }
inline f32x4 sign(f32x4 x) {
  return select(x > splat(0.0F), splat(1.0F), select(x < splat(0.0F), splat(-1.0F), splat(0.0F)));
}

}  // namespace ziffer::kernels::simd128
