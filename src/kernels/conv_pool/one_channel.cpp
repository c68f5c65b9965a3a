// Forward for 3×3 kernels over pictures of one channel, by Winograd's F(2×2, 3×3) on the inked
// windows alone; on paper the answer is max(bias, 0).
#include <algorithm>

#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/conv_pool/inked_windows.hpp"
#include "kernels/conv_pool/pool_window.hpp"
#include "kernels/conv_pool/winograd_maps.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels::picture {

namespace {

/// Of four filters: 16 transformed weights and the bias.
constexpr Index kPacked = (kElements + 1) * kLanes;

void pack(const ConvPoolShape& s, const float* w, const float* bias, float* packed) {
  for (int k = 0; k < s.filters; k += kLanes, packed += kPacked) {
    const int count = s.filters - k;
    transform_kernel(
        [&](int p, int q) { return load_part(w + (p * 3 + q) * s.filters + k, count); },
        [&](int e, f32x4 value) { store(packed + e * kLanes, value); });
    store(packed + kElements * kLanes, load_part(bias + k, count));
  }
}

/// The patch's rows are the vectors here: Bᵀ·d down the columns, then along each row by shuffles.
void transform_patch(const float* x, Index row, float* to) {
  f32x4 t[4];
  transform_input(load(x), load(x + row), load(x + 2 * row), load(x + 3 * row), t);
  const f32x4 sign{-1, 1, -1, -1};
  for (int p = 0; p < 4; ++p) {
    const f32x4 a = __builtin_shufflevector(t[p], t[p], 0, 1, 2, 1);
    const f32x4 b = __builtin_shufflevector(t[p], t[p], 2, 2, 1, 3);
    store(to + p * kLanes, a + sign * b);
  }
}

template <int kColumn>
inline void add_column(const float* patch, const float* weights, f32x4 bias, f32x4 (&sum)[4]) {
  const auto product = [&](int p) {
    const int e = p * 4 + kColumn;
    return splat(patch[e]) * load(weights + e * kLanes);
  };
  f32x4 m1 = product(1);
  if constexpr (kColumn == kBiasElement % 4) m1 += bias;
  add_output_column<kColumn>(product(0), m1, product(2), product(3), sum);
}

/// Four filters over all listed windows. One window and one vector at a time: two of either share
/// loads, but V8 then spills more than they save.
[[gnu::noinline]] void convolve(const float* patches, InkedWindows list, const float* weights,
                                Index filters, int count, float* y, std::uint8_t* argmax) {
  const f32x4 bias = load(weights + kElements * kLanes);
  for (const InkedWindow window : list) {
    const Index at = static_cast<Index>(window.output) * filters;
    f32x4 sum[4];
    add_column<0>(patches, weights, bias, sum);
    add_column<1>(patches, weights, bias, sum);
    add_column<2>(patches, weights, bias, sum);
    add_column<3>(patches, weights, bias, sum);
    const Pooled pooled = relu_pool(sum[0], sum[1], sum[2], sum[3]);
    store_pooled(pooled, count, y + at, argmax ? argmax + at : nullptr);
    patches += kElements;
  }
}

/// Every output as if there were only paper.
void fill_paper(const ConvPoolShape& s, const float* weights, float* y, std::uint8_t* argmax) {
  const Index outputs = static_cast<Index>(s.pooled_height()) * s.pooled_width();
  for (int k = 0; k < s.filters; k += kLanes, weights += kPacked) {
    const f32x4 bias = load(weights + kElements * kLanes);
    const Pooled pooled = relu_pool(bias, bias, bias, bias);
    for (Index at = k; at < outputs * s.filters; at += s.filters)
      store_pooled(pooled, s.filters - k, y + at, argmax ? argmax + at : nullptr);
  }
}

}  // namespace

bool serves(const ConvPoolShape& s) {
  return s.channels == 1 && s.kernel_height == 3 && s.kernel_width == 3 && s.pooled_size() > 0;
}

std::size_t scratch(const ConvPoolShape& s) {
  return sum_of(size_of(vectors_of(s.filters), kPacked),
                size_of(s.pooled_height(), s.pooled_width(), kElements), ink_scratch(s));
}

void conv_relu_pool(const ConvPoolShape& s, int images, std::span<const float> x,
                    std::span<const float> w, std::span<const float> bias, std::span<float> y,
                    std::span<std::uint8_t> argmax, std::span<float> scratch) {
  const Index outputs = static_cast<Index>(s.pooled_height()) * s.pooled_width();
  float* packed = scratch.data();
  float* patches = packed + vectors_of(s.filters) * kPacked;
  float* ink = patches + outputs * kElements;
  pack(s, w.data(), bias.data(), packed);

  for (Index n = 0; n < images; ++n) {
    const float* picture = x.data() + n * static_cast<Index>(s.input_size());
    const Index out = n * static_cast<Index>(s.pooled_size());
    const InkedWindows inked = list_inked(s, picture, ink);
    float* patch = patches;
    for (const InkedWindow window : inked) {
      transform_patch(picture + window.pixel, s.width, patch);
      patch += kElements;
    }
    std::uint8_t* corners = argmax.empty() ? nullptr : argmax.data() + out;
    if (inked.size() < outputs) fill_paper(s, packed, y.data() + out, corners);
    const float* weights = packed;
    for (int k = 0; k < s.filters; k += kLanes, weights += kPacked)
      convolve(patches, inked, weights, s.filters, s.filters - k, y.data() + out + k,
               corners ? corners + k : nullptr);
  }
}

}  // namespace ziffer::kernels::picture
