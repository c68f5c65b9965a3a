// The reference: one loop for each axis, nothing clever.
#include <algorithm>

#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels::scalar {

namespace {

/// Calls visit(image, row, column, filter, index in y) for every pooled output.
template <class Visit>
void for_each_output(const ConvPoolShape& s, int images, Visit visit) {
  Index index = 0;
  for (int n = 0; n < images; ++n)
    for (int i = 0; i < s.pooled_height(); ++i)
      for (int j = 0; j < s.pooled_width(); ++j)
        for (int k = 0; k < s.filters; ++k) visit(n, i, j, k, index++);
}

/// Calls visit(index in x, index in w) for every product of the convolution's output (row, column,
/// filter).
template <class Visit>
void for_each_tap(const ConvPoolShape& s, int n, int row, int column, int k, Visit visit) {
  for (int p = 0; p < s.kernel_height; ++p)
    for (int q = 0; q < s.kernel_width; ++q)
      for (int c = 0; c < s.channels; ++c) {
        const Index pixel = (static_cast<Index>(n) * s.height + row + p) * s.width + column + q;
        const Index tap = static_cast<Index>(p) * s.kernel_width + q;
        visit(pixel * s.channels + c, (tap * s.channels + c) * s.filters + k);
      }
}

}  // namespace

void conv_relu_pool(const ConvPoolShape& s, int images, std::span<const float> x,
                    std::span<const float> w, std::span<const float> bias, std::span<float> y,
                    std::span<std::uint8_t> argmax, std::span<float>) {
  for_each_output(s, images, [&](int n, int i, int j, int k, Index index) {
    float best = 0;
    std::uint8_t winner = kDead;
    for (int corner = 0; corner < 4; ++corner) {
      float sum = bias.data()[k];
      for_each_tap(s, n, 2 * i + corner / 2, 2 * j + corner % 2, k,
                   [&](Index xi, Index wi) { sum += x.data()[xi] * w.data()[wi]; });
      if (sum > best) {
        best = sum;
        winner = static_cast<std::uint8_t>(corner);
      }
    }
    y.data()[index] = best;
    if (!argmax.empty()) argmax.data()[index] = winner;
  });
}

void conv_relu_pool_weight_gradient(const ConvPoolShape& s, int images, std::span<const float> x,
                                    std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                    std::span<float> dw, std::span<float> dbias, std::span<float>) {
  std::fill(dw.begin(), dw.end(), 0.0F);
  std::fill(dbias.begin(), dbias.end(), 0.0F);
  for_each_output(s, images, [&](int n, int i, int j, int k, Index index) {
    const int corner = argmax.data()[index];
    if (corner == kDead) return;
    dbias.data()[k] += dy.data()[index];
    for_each_tap(s, n, 2 * i + corner / 2, 2 * j + corner % 2, k,
                 [&](Index xi, Index wi) { dw.data()[wi] += x.data()[xi] * dy.data()[index]; });
  });
}

void conv_relu_pool_input_gradient(const ConvPoolShape& s, int images, std::span<const float> w,
                                   std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                   std::span<float> dx, std::span<float>) {
  std::fill(dx.begin(), dx.end(), 0.0F);
  for_each_output(s, images, [&](int n, int i, int j, int k, Index index) {
    const int corner = argmax.data()[index];
    if (corner == kDead) return;
    for_each_tap(s, n, 2 * i + corner / 2, 2 * j + corner % 2, k,
                 [&](Index xi, Index wi) { dx.data()[xi] += dy.data()[index] * w.data()[wi]; });
  });
}

}  // namespace ziffer::kernels::scalar
