// Forward for any shape: the four sums of a pooling window times eight filters stay in eight
// registers, each input value is broadcast once for both vectors of filters.
#include <algorithm>

#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/conv_pool/pool_window.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels::direct {

namespace {

constexpr int kBlock = 2 * kLanes;

int blocks(const ConvPoolShape& s) { return (s.filters + kBlock - 1) / kBlock; }

/// Weights as [block][tap][8 filters], the biases as a first tap, zeros where the filters end.
void pack(const ConvPoolShape& s, const float* w, const float* bias, float* packed) {
  for (int b = 0; b < blocks(s); ++b) {
    const int first = b * kBlock;
    const int count = std::min(kBlock, s.filters - first);
    for (int tap = -1; tap < s.taps(); ++tap, packed += kBlock) {
      const float* from = (tap < 0 ? bias : w + static_cast<Index>(tap) * s.filters) + first;
      std::fill(std::copy_n(from, count, packed), packed + kBlock, 0.0F);
    }
  }
}

/// The window's sums for one block of filters: sum[corner][vector].
inline void window(const ConvPoolShape& s, const float* x, const float* packed,
                   f32x4 (&sum)[4][2]) {
  for (auto& corner : sum)
    for (int v = 0; v < 2; ++v) corner[v] = load(packed + v * kLanes);
  packed += kBlock;
  const Index row = static_cast<Index>(s.width) * s.channels;
  const int row_taps = s.row_taps();
  for (int p = 0; p < s.kernel_height; ++p, x += row) {
    const float* above = x;
    const float* below = x + row;
    const Index right = s.channels;
    for (int t = 0; t < row_taps; ++t, packed += kBlock) {
      const f32x4 w0 = load(packed);
      const f32x4 w1 = load(packed + kLanes);
      const f32x4 x0 = splat(above[t]), x1 = splat(above[t + right]);
      sum[0][0] += x0 * w0;
      sum[0][1] += x0 * w1;
      sum[1][0] += x1 * w0;
      sum[1][1] += x1 * w1;
      const f32x4 x2 = splat(below[t]), x3 = splat(below[t + right]);
      sum[2][0] += x2 * w0;
      sum[2][1] += x2 * w1;
      sum[3][0] += x3 * w0;
      sum[3][1] += x3 * w1;
    }
  }
}

void store_block(const f32x4 (&sum)[4][2], int count, float* y, std::uint8_t* argmax) {
  for (int v = 0; v < 2 && count > 0; ++v, count -= kLanes, y += kLanes) {
    store_pooled(relu_pool(sum[0][v], sum[1][v], sum[2][v], sum[3][v]), count, y, argmax);
    if (argmax) argmax += kLanes;
  }
}

}  // namespace

std::size_t scratch(const ConvPoolShape& s) { return size_of(blocks(s), kBlock, s.taps() + 1); }

void conv_relu_pool(const ConvPoolShape& s, int images, std::span<const float> x,
                    std::span<const float> w, std::span<const float> bias, std::span<float> y,
                    std::span<std::uint8_t> argmax, std::span<float> scratch) {
  pack(s, w.data(), bias.data(), scratch.data());
  for (Index n = 0; n < images; ++n) {
    const float* image = x.data() + n * static_cast<Index>(s.input_size());
    const float* packed = scratch.data();
    for (int b = 0; b < blocks(s); ++b, packed += (s.taps() + 1) * kBlock) {
      const int count = std::min(kBlock, s.filters - b * kBlock);
      Index out = n * static_cast<Index>(s.pooled_size()) + b * kBlock;
      for (int i = 0; i < s.pooled_height(); ++i)
        for (int j = 0; j < s.pooled_width(); ++j, out += s.filters) {
          f32x4 sum[4][2];
          window(s, image + static_cast<Index>(2 * i * s.width + 2 * j) * s.channels, packed, sum);
          store_block(sum, count, y.data() + out, argmax.empty() ? nullptr : argmax.data() + out);
        }
    }
  }
}

}  // namespace ziffer::kernels::direct
