// The sums of a 3×3 convolution as they are defined.
#include <algorithm>

#include "core/index.hpp"
#include "kernels/winograd.hpp"

namespace ziffer::kernels::scalar {
namespace {

/// Calls f with the places in x, y and w of every product.
template <class F>
void each_product(const Conv3x3Shape& s, int images, F f) {
  const int outputs = s.out_height * s.out_width;
  for (int o = 0; o < images * outputs; ++o)
    for (int tap = 0; tap < 9; ++tap) {
      const int row = o % outputs / s.out_width - s.top + tap / 3;
      const int column = o % s.out_width - s.left + tap % 3;
      if (row < 0 || row >= s.height || column < 0 || column >= s.width) continue;
      const int in = (o / outputs * s.height + row) * s.width + column;
      for (int c = 0; c < s.channels; ++c)
        for (int k = 0; k < s.filters; ++k)
          f(at(in * s.channels + c), at(o * s.filters + k),
            at((tap * s.channels + c) * s.filters + k));
    }
}

}  // namespace

void conv3x3(const Conv3x3Shape& s, int images, std::span<const float> x, std::span<const float> w,
             std::span<const float> bias, std::span<float> y, std::span<float>) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = bias.empty() ? 0.0F : bias[i % bias.size()];
  each_product(s, images, [&](std::size_t in, std::size_t out, std::size_t weight) {
    y[out] += x[in] * w[weight];
  });
}

void conv3x3_weight_gradient(const Conv3x3Shape& s, int images, std::span<const float> x,
                             std::span<const float> dy, std::span<float> dw, std::span<float>) {
  std::ranges::fill(dw, 0.0F);
  each_product(s, images, [&](std::size_t in, std::size_t out, std::size_t weight) {
    dw[weight] += x[in] * dy[out];
  });
}

void conv3x3_input_gradient(const Conv3x3Shape& s, int images, std::span<const float> w,
                            std::span<const float> dy, std::span<float> dx, std::span<float>) {
  std::ranges::fill(dx, 0.0F);
  each_product(s, images, [&](std::size_t in, std::size_t out, std::size_t weight) {
    dx[in] += w[weight] * dy[out];
  });
}

}  // namespace ziffer::kernels::scalar
