// Four floats at a time, in the compilers' own vector extension: SSE2 natively, simd128 in wasm,
// plain scalars where there is neither. Every operation rounds like its scalar twin, so all of
// these give the same bits.
#pragma once

#include <cstdint>
#include <cstring>

namespace ziffer {

using f32x4 = float __attribute__((vector_size(16)));
using i32x4 = std::int32_t __attribute__((vector_size(16)));

inline constexpr int kLanes = 4;

inline f32x4 splat(float x) { return f32x4{x, x, x, x}; }
inline i32x4 splat(std::int32_t x) { return i32x4{x, x, x, x}; }

/// Loads and stores at any address.
inline f32x4 load(const float* p) {
  f32x4 v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void store(float* p, f32x4 v) { std::memcpy(p, &v, sizeof v); }

/// Lane by lane `mask ? a : b`; a mask lane is 0 or -1, as comparisons give it.
inline f32x4 select(i32x4 mask, f32x4 a, f32x4 b) { return mask ? a : b; }

/// `a > b ? a : b`, so the second argument where either is NaN, and on equal zeros: one instruction
/// in SSE and in wasm, if it is written so that compilers see it.
inline f32x4 max(f32x4 a, f32x4 b) { return b < a ? a : b; }
inline f32x4 min(f32x4 a, f32x4 b) { return a < b ? a : b; }

/// (v0 + v2) + (v1 + v3): the one order in which lanes are summed.
inline float sum(f32x4 v) { return (v[0] + v[2]) + (v[1] + v[3]); }

}  // namespace ziffer
