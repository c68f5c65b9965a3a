// The sums of the sparse gradients. A kernel row over all channels is contiguous in NHWC; it is cut
// into runs of a few vectors, and each run takes the sum over a list of alive outputs in registers.
#pragma once

#include <bit>
#include <cstdint>

#include "core/simd.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels::sparse {

/// Vectors of sums in registers. Eight are 5 % faster in Chromium 156, but spill and cost 40 % in
/// Node 20.
inline constexpr int kMaxRun = 6;

/// Floats of a kernel row in whole vectors.
inline int padded_row(const ConvPoolShape& s) { return padded(s.row_taps()); }

/// Vectors of a run: a row in as few and as equal runs as can be.
inline int run_of(const ConvPoolShape& s) {
  const int vectors = vectors_of(s.row_taps());
  const int runs = (vectors + kMaxRun - 1) / kMaxRun;
  return (vectors + runs - 1) / runs;
}

/// Whether a run reads or writes past the last pixel of a picture.
inline bool needs_padding(const ConvPoolShape& s) { return s.row_taps() % kLanes != 0; }

/// Adds the products of a list to a run's sums. An entry is two words: where its values stand, in
/// units of kUnit floats from `from` on, as bits; and the gradient that multiplies them.
template <int V, int kUnit>
[[gnu::always_inline]] inline void add_run(const float* from, const float* list, int count,
                                           float* sums) {
  f32x4 sum[V];
  for (int v = 0; v < V; ++v) sum[v] = load(sums + v * kLanes);
  for (int e = 0; e < count; ++e) {
    const float* values = from + std::bit_cast<std::int32_t>(list[2 * e]) * kUnit;
    const f32x4 dy = splat(list[2 * e + 1]);
    for (int v = 0; v < V; ++v) sum[v] += dy * load(values + v * kLanes);
  }
  for (int v = 0; v < V; ++v) store(sums + v * kLanes, sum[v]);
}

}  // namespace ziffer::kernels::sparse
