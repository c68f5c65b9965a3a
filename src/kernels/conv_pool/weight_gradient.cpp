// The weight gradient through the alive outputs only. For each filter their places are listed
// first; then each run of up to 24 weights of the filter (a kernel row over all channels is
// contiguous in NHWC) is summed over the list in registers.
#include <algorithm>
#include <bit>

#include "core/index.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/conv_pool/runs.hpp"

namespace ziffer::kernels::sparse {

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
        for (Index t = 0; t < padded; t += run * kLanes) {
          const auto vectors = static_cast<int>(std::min(run, (padded - t) / kLanes));
          with_constant<kMaxRun>(vectors, [&](auto v) {
            add_run<v, 1>(image + p * row + t, lists + 2 * k * cells,
                          std::bit_cast<std::int32_t>(counts[k]),
                          sums + k * filter_sums + p * padded + t);
          });
        }
  }

  for (Index p = 0; p < s.kernel_height; ++p)
    for (Index t = 0; t < s.row_taps(); ++t)
      for (Index k = 0; k < s.filters; ++k)
        dw.data()[(p * s.row_taps() + t) * s.filters + k] = sums[k * filter_sums + p * padded + t];
}

}  // namespace ziffer::kernels::sparse
