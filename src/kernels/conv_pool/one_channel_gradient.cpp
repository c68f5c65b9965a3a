// The weight gradient of 3×3 kernels over pictures of one channel: only inked windows touch the
// weights, and no branch asks which outputs are alive (half of them are, at random): the gradient
// of dead ones is made 0 instead.
#include <algorithm>
#include <bit>

#include "core/simd.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/conv_pool/inked_windows.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels::picture {

namespace {

/// Sums of one filter: three kernel rows of three weights and a lane to spare.
constexpr Index kSums = 3 * kLanes;

/// Of argmax, where kDead becomes -1.
i32x4 load_corners(const std::uint8_t* from) { return load_bytes<std::int8_t>(from); }

/// dy where alive, else 0.
f32x4 load_alive(const float* dy, i32x4 corner) { return select(corner < 0, f32x4{}, load(dy)); }

/// V vectors of filters at once, since each sum waits for the one before it.
template <int V>
void add_bias_gradient(Index outputs, Index filters, const std::uint8_t* argmax, const float* dy,
                       float* dbias) {
  f32x4 sum[V];
  for (int v = 0; v < V; ++v) sum[v] = load(dbias + v * kLanes);
  for (Index at = 0; at < outputs * filters; at += filters)
    for (int v = 0; v < V; ++v) {
      const Index here = at + v * kLanes;
      sum[v] += load_alive(dy + here, load_corners(argmax + here));
    }
  for (int v = 0; v < V; ++v) store(dbias + v * kLanes, sum[v]);
}

void add_bias_gradient(Index outputs, Index filters, const std::uint8_t* argmax, const float* dy,
                       float* dbias) {
  Index k = 0;
  for (; k + 2 * kLanes <= filters; k += 2 * kLanes)
    add_bias_gradient<2>(outputs, filters, argmax + k, dy + k, dbias + k);
  if (k < filters) add_bias_gradient<1>(outputs, filters, argmax + k, dy + k, dbias + k);
}

/// For the listed windows and all filters: where the winning patch begins in the picture, as the
/// bits of a float, and its gradient.
void locate(const ConvPoolShape& s, InkedWindows list, const std::uint8_t* argmax, const float* dy,
            float* places, float* gradients) {
  const i32x4 width = splat(s.width);
  for (const InkedWindow window : list) {
    const i32x4 first = splat(static_cast<std::int32_t>(window.pixel));
    const Index at = static_cast<Index>(window.output) * s.filters;
    for (Index k = 0; k < s.filters; k += kLanes, places += kLanes, gradients += kLanes) {
      const i32x4 corner = load_corners(argmax + at + k);
      const i32x4 place = first + (corner & 1) + (((corner & 2) == 2) & width);
      store(places, std::bit_cast<f32x4>(place));
      store(gradients, load_alive(dy + at + k, corner));
    }
  }
}

/// Adds the listed windows to the sums of two filters, which fill six registers.
[[gnu::noinline]] void add_pair(const float* x, Index width, const float* places,
                                const float* gradients, Index filters, int count, float* sums) {
  f32x4 sum[2][3];
  for (int f = 0; f < 2; ++f)
    for (int p = 0; p < 3; ++p) sum[f][p] = load(sums + f * kSums + p * kLanes);
  const float* second = x + width;
  const float* third = second + width;
  for (int t = 0; t < count; ++t, places += filters, gradients += filters)
    for (int f = 0; f < 2; ++f) {
      const f32x4 dy = splat(gradients[f]);
      const Index place = std::bit_cast<std::int32_t>(places[f]);
      sum[f][0] += dy * load(x + place);
      sum[f][1] += dy * load(second + place);
      sum[f][2] += dy * load(third + place);
    }
  for (int f = 0; f < 2; ++f)
    for (int p = 0; p < 3; ++p) store(sums + f * kSums + p * kLanes, sum[f][p]);
}

}  // namespace

bool gradient_serves(const ConvPoolShape& s) { return serves(s) && s.filters % kLanes == 0; }

std::size_t weight_gradient_scratch(const ConvPoolShape& s) {
  return sum_of(size_of(s.filters, kSums), size_of(2, s.pooled_size()), ink_scratch(s),
                s.input_size(), std::size_t{1});
}

void conv_relu_pool_weight_gradient(const ConvPoolShape& s, int images, std::span<const float> x,
                                    std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                    std::span<float> dw, std::span<float> dbias,
                                    std::span<float> scratch) {
  const Index filters = s.filters;
  const Index outputs = static_cast<Index>(s.pooled_height()) * s.pooled_width();
  float* sums = scratch.data();
  float* gradients = sums + filters * kSums;
  float* places = gradients + outputs * filters;
  float* ink = places + outputs * filters;
  float* copy = ink + ink_scratch(s);
  std::fill_n(sums, filters * kSums, 0.0F);
  std::fill(dbias.begin(), dbias.end(), 0.0F);

  for (Index n = 0; n < images; ++n) {
    const float* picture = x.data() + n * static_cast<Index>(s.input_size());
    if (n + 1 == images) {  // the spare lane of its last patch reads one value past the picture
      *std::copy_n(picture, s.input_size(), copy) = 0;
      picture = copy;
    }
    const std::uint8_t* corners = argmax.data() + n * outputs * filters;
    const float* dy_here = dy.data() + n * outputs * filters;
    add_bias_gradient(outputs, filters, corners, dy_here, dbias.data());
    const InkedWindows inked = list_inked(s, picture, ink);
    locate(s, inked, corners, dy_here, places, gradients);
    for (Index k = 0; k < filters; k += 2)
      add_pair(picture, s.width, places + k, gradients + k, filters, static_cast<int>(inked.size()),
               sums + k * kSums);
  }

  for (Index k = 0; k < filters; ++k)
    for (Index p = 0; p < 3; ++p)
      for (Index q = 0; q < 3; ++q)
        dw.data()[(p * 3 + q) * filters + k] = sums[k * kSums + p * kLanes + q];
}

}  // namespace ziffer::kernels::picture
