// The weight gradient through the alive outputs only. For each filter their places are listed
// first; then each run of up to 24 weights of the filter (a kernel row over all channels is
// contiguous in NHWC) is summed over the list in registers.
#include <algorithm>
#include <bit>

#include "core/index.hpp"
#include "core/simd.hpp"
#include "kernels/conv_pool/conv_pool.hpp"

namespace ziffer::kernels::sparse {

namespace {

using Index = std::ptrdiff_t;

/// Vectors of sums in registers. Eight are 5 % faster in Chromium 156, but spill and cost 40 % in
/// Node 20.
constexpr int kMaxRun = 6;

int padded_row(const ConvPoolShape& s) { return (s.row_taps() + kLanes - 1) / kLanes * kLanes; }

/// Vectors of a run: a row in as few and as equal runs as can be.
int run_of(const ConvPoolShape& s) {
  const int vectors = padded_row(s) / kLanes;
  const int runs = (vectors + kMaxRun - 1) / kMaxRun;
  return (vectors + runs - 1) / runs;
}

bool needs_padding(const ConvPoolShape& s) { return s.row_taps() % kLanes != 0; }

template <int V>
void add_run(const float* x, const float* list, int count, float* sums) {
  f32x4 sum[V];
  for (int v = 0; v < V; ++v) sum[v] = load(sums + v * kLanes);
  for (int e = 0; e < count; ++e) {
    const float* patch = x + std::bit_cast<std::int32_t>(list[2 * e]);
    const f32x4 dy = splat(list[2 * e + 1]);
    for (int v = 0; v < V; ++v) sum[v] += dy * load(patch + v * kLanes);
  }
  for (int v = 0; v < V; ++v) store(sums + v * kLanes, sum[v]);
}

template <int V = kMaxRun>
void add_run(int vectors, const float* x, const float* list, int count, float* sums) {
  if (vectors == V)
    add_run<V>(x, list, count, sums);
  else if constexpr (V > 1)
    add_run<V - 1>(vectors, x, list, count, sums);
}

}  // namespace

std::size_t weight_gradient_scratch(const ConvPoolShape& s) {
  return sum_of(size_of(s.filters, s.kernel_height, padded_row(s)), size_of(2, s.pooled_size()),
                at(s.filters), s.input_size(), at(kLanes));
}

void conv_relu_pool_weight_gradient(const ConvPoolShape& s, int images, std::span<const float> x,
                                    std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                    std::span<float> dw, std::span<float> dbias,
                                    std::span<float> scratch) {
  const Index row = static_cast<Index>(s.width) * s.channels;
  const Index padded = padded_row(s);
  const Index run = run_of(s);
  const Index cells = static_cast<Index>(s.pooled_height()) * s.pooled_width();
  float* sums = scratch.data();  // [filter][kernel row][padded row of weights]
  const Index filter_sums = s.kernel_height * padded;
  float* lists = sums + s.filters * filter_sums;                    // [filter][cell][2]
  float* counts = lists + 2 * static_cast<Index>(s.pooled_size());  // [filter], as bits
  float* copy = counts + s.filters;
  std::fill_n(sums, s.filters * filter_sums, 0.0F);
  std::fill(dbias.begin(), dbias.end(), 0.0F);

  const Index corner_place[4] = {0, s.channels, row, row + s.channels};
  for (Index n = 0; n < images; ++n) {
    const float* image = x.data() + n * static_cast<Index>(s.input_size());
    if (needs_padding(s)) {
      std::copy_n(image, s.input_size(), copy);
      std::fill_n(copy + s.input_size(), kLanes, 0.0F);
      image = copy;
    }
    std::fill_n(counts, s.filters, std::bit_cast<float>(0));
    Index out = n * static_cast<Index>(s.pooled_size());
    for (Index cell = 0; cell < cells; ++cell) {
      const Index place =
          2 * (cell / s.pooled_width()) * row + 2 * (cell % s.pooled_width()) * s.channels;
      for (Index k = 0; k < s.filters; ++k, ++out) {
        const int corner = argmax.data()[out];
        if (corner == kDead) continue;  // measured: the branch costs less than writing dead entries
        const auto count = std::bit_cast<std::int32_t>(counts[k]);
        float* entry = lists + 2 * (k * cells + count);
        entry[0] = std::bit_cast<float>(static_cast<std::int32_t>(place + corner_place[corner]));
        entry[1] = dy.data()[out];
        dbias.data()[k] += dy.data()[out];
        counts[k] = std::bit_cast<float>(count + 1);
      }
    }
    for (Index k = 0; k < s.filters; ++k)
      for (Index p = 0; p < s.kernel_height; ++p)
        for (Index t = 0; t < padded; t += run * kLanes)
          add_run(static_cast<int>(std::min(run, (padded - t) / kLanes)), image + p * row + t,
                  lists + 2 * k * cells, std::bit_cast<std::int32_t>(counts[k]),
                  sums + k * filter_sums + p * padded + t);
  }

  for (Index p = 0; p < s.kernel_height; ++p)
    for (Index t = 0; t < s.row_taps(); ++t)
      for (Index k = 0; k < s.filters; ++k)
        dw.data()[(p * s.row_taps() + t) * s.filters + k] = sums[k * filter_sums + p * padded + t];
}

}  // namespace ziffer::kernels::sparse
