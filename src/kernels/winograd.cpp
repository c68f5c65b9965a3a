#include "kernels/winograd.hpp"

#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "kernels/gemm.hpp"
#include "kernels/lanes.hpp"
#include "kernels/winograd_maps.hpp"

namespace ziffer::kernels {
namespace winograd {
namespace {

/// Blocks of outputs that are transformed together: each element is a product of so many rows, and
/// all of them stay in the second-level cache.
constexpr int kTiles = 16;

int tiles_across(const Conv3x3Shape& s) { return (s.out_width + kBlock - 1) / kBlock; }
int tiles_of_image(const Conv3x3Shape& s) {
  return (s.out_height + kBlock - 1) / kBlock * tiles_across(s);
}

std::size_t weights_size(const Conv3x3Shape& s) {
  return size_of(kElements, padded(s.channels), padded(s.filters));
}
std::size_t group_size(int channels) { return size_of(kElements, kTiles, padded(channels)); }

/// Where a side of pictures lies in memory, and its size.
struct Pictures {
  int height, width, channels;

  std::size_t size() const { return size_of(height, width, channels); }
  /// The number in row y and column x of a picture; -1 outside.
  Index place(Index y, Index x) const {
    const bool inside = y >= 0 && y < height && x >= 0 && x < width;
    return inside ? (y * width + x) * channels : -1;
  }
};

/// The first `count` lanes, at most four, `stride` numbers apart; the others 0.
f32x4 load_lanes(const float* from, Index stride, int count) {
  if (stride == 1 && count >= kLanes) return load(from);
  f32x4 v{};
  for (int i = 0; i < std::min(count, kLanes); ++i) v[i] = from[i * stride];
  return v;
}

void store_lanes(float* to, f32x4 v, int count) {
  if (count >= kLanes) return store(to, v);
  for (int i = 0; i < count; ++i) to[i] = v[i];
}

/// Weights to [element][padded channels][padded filters]. Turned, they are those of the input
/// gradient: w is [3][3][filters][channels] then, and its taps stand the other way round.
void transform_weights(const Conv3x3Shape& s, bool turned, const float* w, float* out) {
  const Index row = padded(s.filters), element = padded(s.channels) * row;
  const Index tap = static_cast<Index>(s.channels) * s.filters;
  std::fill(out, out + kElements * element, 0.0F);
  for (int c = 0; c < s.channels; ++c)
    for (int k = 0; k < s.filters; k += kLanes) {
      const float* from = w + (turned ? static_cast<Index>(k) * s.channels + c
                                      : static_cast<Index>(c) * s.filters + k);
      const auto read = [&](int p, int q) {
        return load_lanes(from + (turned ? 8 - p * 3 - q : p * 3 + q) * tap,
                          turned ? s.channels : 1, s.filters - k);
      };
      transform<WeightMap>(read, [&](int p, int q, f32x4 v) {
        store(out + (p * kSide + q) * element + c * row + k, v);
      });
    }
}

/// Blocks first, first + 1, … of all images to [element][kTiles][padded channels]; top and left are
/// as in the shape.
template <class Map>
void transform_group(const Conv3x3Shape& s, const Pictures& pictures, int top, int left, int first,
                     int tiles, const float* x, float* out) {
  const Index row = padded(pictures.channels), element = kTiles * row;
  const int across = tiles_across(s), each = tiles_of_image(s);
  for (int t = 0; t < tiles; ++t, out += row) {
    const int tile = (first + t) % each;
    const float* image =
        x + static_cast<Index>((first + t) / each) * static_cast<Index>(pictures.size());
    const Index y0 = tile / across * kBlock - top, x0 = tile % across * kBlock - left;
    for (int c = 0; c < pictures.channels; c += kLanes) {
      const auto read = [&](int p, int q) {
        const Index place = pictures.place(y0 + p, x0 + q);
        return place < 0 ? f32x4{} : load_lanes(image + place + c, 1, pictures.channels - c);
      };
      transform<Map>(read,
                     [&](int p, int q, f32x4 v) { store(out + (p * kSide + q) * element + c, v); });
    }
  }
}

/// Products [element][kTiles][padded filters] to the outputs of those blocks.
void put_outputs(const Conv3x3Shape& s, int first, int tiles, const float* m,
                 std::span<const float> bias, float* y) {
  const Index row = padded(s.filters), element = kTiles * row;
  const int across = tiles_across(s), each = tiles_of_image(s);
  const Pictures outputs{s.out_height, s.out_width, s.filters};
  for (int t = 0; t < tiles; ++t, m += row) {
    const int tile = (first + t) % each;
    float* image = y + static_cast<Index>((first + t) / each) * static_cast<Index>(outputs.size());
    const Index y0 = tile / across * kBlock, x0 = tile % across * kBlock;
    for (int k = 0; k < s.filters; k += kLanes) {
      const int count = s.filters - k;
      const f32x4 start = bias.empty() ? f32x4{} : load_lanes(bias.data() + k, 1, count);
      transform<OutputMap>([&](int p, int q) { return load(m + (p * kSide + q) * element + k); },
                           [&](int p, int q, f32x4 v) {
                             const Index place = outputs.place(y0 + p, x0 + q);
                             if (place >= 0) store_lanes(image + place + k, v + start, count);
                           });
    }
  }
}

void convolve(const Conv3x3Shape& s, bool turned, int images, std::span<const float> x,
              std::span<const float> w, std::span<const float> bias, std::span<float> y,
              std::span<float> scratch) {
  const std::size_t channels = at(padded(s.channels)), filters = at(padded(s.filters));
  const std::span<float> weights = scratch.first(weights_size(s));
  const std::span<float> patches = scratch.subspan(weights.size(), group_size(s.channels));
  const std::span<float> products =
      scratch.subspan(weights.size() + patches.size(), group_size(s.filters));
  transform_weights(s, turned, w.data(), weights.data());
  const int all = images * tiles_of_image(s);
  for (int first = 0; first < all; first += kTiles) {
    const int tiles = std::min(kTiles, all - first);
    transform_group<InputMap>(s, {s.height, s.width, s.channels}, s.top, s.left, first, tiles,
                              x.data(), patches.data());
    for (std::size_t e = 0; e < kElements; ++e)
      gemm({tiles, padded(s.filters), padded(s.channels)}, patches.subspan(e * kTiles * channels),
           weights.subspan(e * channels * filters), {}, products.subspan(e * kTiles * filters), {});
    put_outputs(s, first, tiles, products.data(), bias, y.data());
  }
}

}  // namespace

void conv3x3(const Conv3x3Shape& s, int images, std::span<const float> x, std::span<const float> w,
             std::span<const float> bias, std::span<float> y, std::span<float> scratch) {
  convolve(s, false, images, x, w, bias, y, scratch);
}

void conv3x3_input_gradient(const Conv3x3Shape& s, int images, std::span<const float> w,
                            std::span<const float> dy, std::span<float> dx,
                            std::span<float> scratch) {
  const Conv3x3Shape back{s.out_height, s.out_width, s.filters, 2 - s.top,
                          2 - s.left,   s.height,    s.width,   s.channels};
  convolve(back, true, images, dy, w, {}, dx, scratch);
}

void conv3x3_weight_gradient(const Conv3x3Shape& s, int images, std::span<const float> x,
                             std::span<const float> dy, std::span<float> dw,
                             std::span<float> scratch) {
  const std::size_t channels = at(padded(s.channels)), filters = at(padded(s.filters));
  const std::span<float> sums = scratch.first(weights_size(s));
  const std::span<float> patches = scratch.subspan(sums.size(), group_size(s.channels));
  const std::span<float> slopes =
      scratch.subspan(sums.size() + patches.size(), group_size(s.filters));
  std::ranges::fill(sums, 0.0F);
  const int all = images * tiles_of_image(s);
  for (int first = 0; first < all; first += kTiles) {
    const int tiles = std::min(kTiles, all - first);
    transform_group<InputMap>(s, {s.height, s.width, s.channels}, s.top, s.left, first, tiles,
                              x.data(), patches.data());
    transform_group<OutputGradientMap>(s, {s.out_height, s.out_width, s.filters}, 0, 0, first,
                                       tiles, dy.data(), slopes.data());
    for (std::size_t e = 0; e < kElements; ++e)
      gemm_at_add({padded(s.channels), padded(s.filters), tiles},
                  patches.subspan(e * kTiles * channels), slopes.subspan(e * kTiles * filters),
                  sums.subspan(e * channels * filters), {});
  }
  const Index row = padded(s.filters), element = padded(s.channels) * row;
  for (int c = 0; c < s.channels; ++c)
    for (int k = 0; k < s.filters; k += kLanes) {
      const float* from = sums.data() + c * row + k;
      transform<WeightGradientMap>(
          [&](int p, int q) { return load(from + (p * kSide + q) * element); },
          [&](int p, int q, f32x4 v) {
            const Index place = static_cast<Index>((p * 3 + q) * s.channels + c) * s.filters + k;
            store_lanes(dw.data() + place, v, s.filters - k);
          });
    }
}

}  // namespace winograd

// Half of all products must be saved, and the maps' costs stand against the channels of the other
// side. Those of the weights stand against the blocks of few pictures: three_conv's 5×5 pictures
// trained 12 % slower so.
bool conv3x3_pays(const Conv3x3Shape& s) {
  constexpr int kFewest = 8, kFewestTiles = 4;
  constexpr std::size_t kMostWeights = std::size_t{1} << 23;
  const int outputs = s.out_height * s.out_width, tiles = winograd::tiles_of_image(s);
  return s.channels >= kFewest && s.filters >= kFewest && tiles >= kFewestTiles &&
         9 * outputs >= 2 * winograd::kElements * tiles &&
         winograd::weights_size(s) <= kMostWeights;
}

std::size_t conv3x3_scratch(const Conv3x3Shape& s) {
  return sum_of(winograd::weights_size(s), winograd::group_size(s.channels),
                winograd::group_size(s.filters));
}

void conv3x3(const Conv3x3Shape& s, int images, std::span<const float> x, std::span<const float> w,
             std::span<const float> bias, std::span<float> y, std::span<float> scratch) {
  winograd::conv3x3(s, images, x, w, bias, y, scratch);
}

void conv3x3_weight_gradient(const Conv3x3Shape& s, int images, std::span<const float> x,
                             std::span<const float> dy, std::span<float> dw,
                             std::span<float> scratch) {
  winograd::conv3x3_weight_gradient(s, images, x, dy, dw, scratch);
}

void conv3x3_input_gradient(const Conv3x3Shape& s, int images, std::span<const float> w,
                            std::span<const float> dy, std::span<float> dx,
                            std::span<float> scratch) {
  winograd::conv3x3_input_gradient(s, images, w, dy, dx, scratch);
}

}  // namespace ziffer::kernels
