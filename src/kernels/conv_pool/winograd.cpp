// Forward for 3×3 kernels by Winograd's F(2×2, 3×3): every pooled output is one tile. Tiles are
// gathered in groups over the pictures' borders; each of the 16 elements is a small matrix product
// [tiles][channels] · [channels][filters].
#include <algorithm>

#include "core/index.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/conv_pool/pool_window.hpp"
#include "kernels/conv_pool/winograd_maps.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels::winograd {

namespace {

/// Tiles of a group: their transformed patches, [16][8][channels], and products stay in the
/// first-level cache, while the weights stream through from the second.
constexpr int kTiles = 8;
constexpr int kMaxVectors =
    4;  ///< of filters in one product: 2 tiles × 4 vectors of sums in registers

/// [block of up to 16 filters][element][channel][block], zeros where the filters end.
void pack_weights(const ConvPoolShape& s, const float* w, float* packed) {
  const Index tap = static_cast<Index>(s.channels) * s.filters;
  for (int first = 0; first < s.filters; first += kMaxVectors * kLanes) {
    const int vectors = std::min(kMaxVectors, vectors_of(s.filters - first));
    const Index element = static_cast<Index>(s.channels) * vectors * kLanes;
    for (int c = 0; c < s.channels; ++c)
      for (int v = 0; v < vectors; ++v) {
        const int k = first + v * kLanes;
        const float* from = w + static_cast<Index>(c) * s.filters + k;
        float* to = packed + (static_cast<Index>(c) * vectors + v) * kLanes;
        transform_kernel(
            [&](int p, int q) { return load_part(from + (p * 3 + q) * tap, s.filters - k); },
            [&](int e, f32x4 value) { store(to + e * element, value); });
      }
    packed += kElements * element;
  }
}

/// One tile's patch to [element][tile][padded channels].
void transform_patch(const ConvPoolShape& s, const float* x, float* to) {
  const Index row = static_cast<Index>(s.width) * s.channels;
  const Index element = static_cast<Index>(kTiles) * padded(s.channels);
  for (int c = 0; c < s.channels; c += kLanes) {
    f32x4 columns[4][4];
    for (int q = 0; q < 4; ++q) {
      const float* d = x + static_cast<Index>(q) * s.channels + c;
      const int count = s.channels - c;
      transform_input(load_part(d, count), load_part(d + row, count), load_part(d + 2 * row, count),
                      load_part(d + 3 * row, count), columns[q]);
    }
    for (int p = 0; p < 4; ++p) {
      f32x4 t[4];
      transform_input(columns[0][p], columns[1][p], columns[2][p], columns[3][p], t);
      for (int q = 0; q < 4; ++q) store(to + (p * 4 + q) * element + c, t[q]);
    }
  }
}

/// R tiles × V vectors of filters of one element; x is [tile][padded channels], w [channel][V].
template <int R, int V>
[[gnu::noinline]] void multiply(const float* x, Index row, const float* w, int channels,
                                const float* start, float* m) {
  f32x4 sum[R][V];
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < V; ++v) sum[r][v] = start ? load(start + v * kLanes) : f32x4{};
  for (int c = 0; c < channels; ++c, ++x, w += V * kLanes) {
    f32x4 wv[V];
    for (int v = 0; v < V; ++v) wv[v] = load(w + v * kLanes);
    for (int r = 0; r < R; ++r) {
      const f32x4 xv = splat(x[r * row]);
      for (int v = 0; v < V; ++v) sum[r][v] += xv * wv[v];
    }
  }
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < V; ++v) store(m + (r * V + v) * kLanes, sum[r][v]);
}

/// All elements of a group of tiles for one block of filters, to m [element][tile][V].
template <int V>
void multiply_group(const ConvPoolShape& s, int tiles, const float* x, const float* w,
                    const float* bias, float* m) {
  constexpr int R = V > 2 ? 2 : 4;
  const Index row = padded(s.channels);
  for (int e = 0; e < kElements; ++e) {
    const float* start = e == kBiasElement ? bias : nullptr;
    int t = 0;
    for (; t + R <= tiles; t += R)
      multiply<R, V>(x + t * row, row, w, s.channels, start, m + t * V * kLanes);
    for (; t < tiles; ++t)
      multiply<1, V>(x + t * row, row, w, s.channels, start, m + t * V * kLanes);
    x += kTiles * row;
    w += static_cast<Index>(s.channels) * V * kLanes;
    m += kTiles * V * kLanes;
  }
}

/// One tile's and one vector's products to a pooled output; `element` is the distance between
/// elements.
Pooled pool_products(const float* m, Index element) {
  f32x4 sum[4];
  const auto at = [&](int p, int q) { return load(m + (p * 4 + q) * element); };
  add_output_column<0>(at(0, 0), at(1, 0), at(2, 0), at(3, 0), sum);
  add_output_column<1>(at(0, 1), at(1, 1), at(2, 1), at(3, 1), sum);
  add_output_column<2>(at(0, 2), at(1, 2), at(2, 2), at(3, 2), sum);
  add_output_column<3>(at(0, 3), at(1, 3), at(2, 3), at(3, 3), sum);
  return relu_pool(sum[0], sum[1], sum[2], sum[3]);
}

/// Pooled outputs of a group of tiles for the `vectors` of filters from `first` on.
void pool_group(const ConvPoolShape& s, int tiles, int first, int vectors, const float* m, float* y,
                std::uint8_t* argmax) {
  const Index element = static_cast<Index>(kTiles) * vectors * kLanes;
  for (Index t = 0; t < tiles; ++t)
    for (int v = 0; v < vectors; ++v, m += kLanes) {
      const Pooled pooled = pool_products(m, element);
      const int k = first + v * kLanes;
      store_pooled(pooled, s.filters - k, y + t * s.filters + k,
                   argmax ? argmax + t * s.filters + k : nullptr);
    }
}

}  // namespace

bool serves(const ConvPoolShape& s) { return s.kernel_height == 3 && s.kernel_width == 3; }

std::size_t scratch(const ConvPoolShape& s) {
  const int filters = padded(s.filters);
  return sum_of(size_of(kElements, s.channels, filters), at(filters),
                size_of(kElements, kTiles, padded(s.channels) + kMaxVectors * kLanes));
}

void conv_relu_pool(const ConvPoolShape& s, int images, std::span<const float> x,
                    std::span<const float> w, std::span<const float> bias, std::span<float> y,
                    std::span<std::uint8_t> argmax, std::span<float> scratch) {
  const Index filters = padded(s.filters);
  float* weights = scratch.data();
  float* biases = weights + kElements * s.channels * filters;
  float* patches = biases + filters;
  float* products = patches + kElements * kTiles * static_cast<Index>(padded(s.channels));
  pack_weights(s, w.data(), weights);
  std::fill(std::copy(bias.begin(), bias.end(), biases), biases + filters, 0.0F);

  const Index columns = s.pooled_width();
  const Index picture_tiles = s.pooled_height() * columns;
  const Index all = images * picture_tiles;
  for (Index first = 0; first < all; first += kTiles) {
    const int tiles = static_cast<int>(std::min<Index>(kTiles, all - first));
    for (Index t = 0; t < tiles; ++t) {
      const Index n = (first + t) / picture_tiles;
      const Index i = (first + t) % picture_tiles / columns, j = (first + t) % columns;
      const Index pixel = (n * s.height + 2 * i) * s.width + 2 * j;
      transform_patch(s, x.data() + pixel * s.channels, patches + t * padded(s.channels));
    }
    const float* block = weights;
    for (int k = 0; k < s.filters; k += kMaxVectors * kLanes) {
      const int vectors = std::min(kMaxVectors, vectors_of(s.filters - k));
      with_constant<kMaxVectors>(vectors, [&](auto v) {
        multiply_group<v>(s, tiles, patches, block, biases + k, products);
      });
      pool_group(s, tiles, k, vectors, products, y.data() + first * s.filters,
                 argmax.empty() ? nullptr : argmax.data() + first * s.filters);
      block += static_cast<Index>(kElements) * s.channels * vectors * kLanes;
    }
  }
}

}  // namespace ziffer::kernels::winograd
