// The input gradient through the alive outputs only. For each place of the convolution the filters
// that won there are listed; then each run of up to 24 inputs (a kernel row over all channels is
// contiguous in NHWC) takes the sum over the list in registers. The slice of the weights that one
// run needs, [filters][24], stays in the cache over all places.
#include <algorithm>
#include <bit>

#include "core/index.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/conv_pool/runs.hpp"

namespace ziffer::kernels::sparse {

namespace {

/// [kernel row][run][filter][run's weights], zeros where a row of weights ends.
void pack(const ConvPoolShape& s, const float* w, float* packed) {
  const int padded = padded_row(s);
  const int run = run_of(s) * kLanes;
  for (int p = 0; p < s.kernel_height; ++p)
    for (int t = 0; t < padded; t += run)
      for (int k = 0; k < s.filters; ++k)
        for (int u = t; u < std::min(padded, t + run); ++u)
          *packed++ = u < s.row_taps()
                          ? w[(static_cast<Index>(p) * s.row_taps() + u) * s.filters + k]
                          : 0.0F;
}

struct Lists {
  const float* entries;  ///< [place][filters][2]: the filter as bits, its gradient
  const float* counts;   ///< [place], as bits
};

/// One run for every place of the convolution.
template <int V>
void add_runs(const ConvPoolShape& s, const Lists& lists, const float* w, float* dx) {
  const int rows = 2 * s.pooled_height(), columns = 2 * s.pooled_width();
  Index place = 0;
  for (int r = 0; r < rows; ++r)
    for (int c = 0; c < columns; ++c, ++place)
      add_run<V, V * kLanes>(w, lists.entries + 2 * place * s.filters,
                             std::bit_cast<std::int32_t>(lists.counts[place]),
                             dx + static_cast<Index>(r * s.width + c) * s.channels);
}

/// Lists for one picture; places in row-major order over the 2·ph × 2·pw sums that the pool reads.
void list_alive(const ConvPoolShape& s, const std::uint8_t* argmax, const float* dy, float* entries,
                float* counts) {
  const Index columns = 2 * s.pooled_width();
  std::fill_n(counts, 2 * s.pooled_height() * columns, std::bit_cast<float>(0));
  for (Index i = 0; i < s.pooled_height(); ++i)
    for (Index j = 0; j < s.pooled_width(); ++j)
      for (int k = 0; k < s.filters; ++k, ++argmax, ++dy) {
        const int corner = *argmax;
        if (corner == kDead) continue;
        const Index place = (2 * i + corner / 2) * columns + 2 * j + corner % 2;
        const auto count = std::bit_cast<std::int32_t>(counts[place]);
        float* entry = entries + 2 * (place * s.filters + count);
        entry[0] = std::bit_cast<float>(k);
        entry[1] = *dy;
        counts[place] = std::bit_cast<float>(count + 1);
      }
}

}  // namespace

std::size_t input_gradient_scratch(const ConvPoolShape& s) {
  const std::size_t places = size_of(4, s.pooled_height(), s.pooled_width());
  return sum_of(size_of(s.filters, s.kernel_height, padded_row(s)),
                size_of(places, 2 * s.filters + 1), s.input_size(), at(kLanes));
}

void conv_relu_pool_input_gradient(const ConvPoolShape& s, int images, std::span<const float> w,
                                   std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                   std::span<float> dx, std::span<float> scratch) {
  const Index row = static_cast<Index>(s.width) * s.channels;
  const Index padded = padded_row(s);
  const Index run = run_of(s);
  const Index places = 4 * static_cast<Index>(s.pooled_height()) * s.pooled_width();
  float* packed = scratch.data();
  float* entries = packed + s.filters * s.kernel_height * padded;
  float* counts = entries + 2 * places * s.filters;
  float* copy = counts + places;
  pack(s, w.data(), packed);

  const auto input_size = static_cast<Index>(s.input_size());
  const auto pooled_size = static_cast<Index>(s.pooled_size());
  for (Index n = 0; n < images; ++n) {
    list_alive(s, argmax.data() + n * pooled_size, dy.data() + n * pooled_size, entries, counts);
    // A padded run ends past the last pixel: such pictures are summed in scratch.
    float* image = needs_padding(s) ? copy : dx.data() + n * input_size;
    std::fill_n(image, input_size + (needs_padding(s) ? kLanes : 0), 0.0F);
    const float* weights = packed;
    for (Index p = 0; p < s.kernel_height; ++p)
      for (Index t = 0; t < padded; t += run * kLanes) {
        const auto vectors = static_cast<int>(std::min(run, (padded - t) / kLanes));
        with_constant<kMaxRun>(vectors, [&](auto v) {
          add_runs<v>(s, {entries, counts}, weights, image + p * row + t);
        });
        weights += static_cast<Index>(s.filters) * vectors * kLanes;
      }
    if (needs_padding(s)) std::copy_n(copy, input_size, dx.data() + n * input_size);
  }
}

}  // namespace ziffer::kernels::sparse
