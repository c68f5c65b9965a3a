#include "kernels/depthwise.hpp"

#include <algorithm>

#include "core/index.hpp"
#include "kernels/taps.hpp"

namespace ziffer::kernels {
namespace {

/// Calls f(where in x, where in w, where in y) for each place of each window inside the image.
template <class F>
void each_product(const DepthwiseShape& s, const Taps& t, int output, F f) {
  const WindowShape& w = s.window;
  for (int ky = t.rows.first; ky < t.rows.end; ++ky) {
    const int row = (t.y + ky * w.dilation_y) * w.width;
    for (int kx = t.columns.first; kx < t.columns.end; ++kx) {
      f(at((row + t.x + kx * w.dilation_x) * w.channels),
        at((ky * w.window_width + kx) * s.outputs()), at(output * s.outputs()));
    }
  }
}

/// sums[i] += a[i] · b[i]
void add_products(const float* a, const float* b, float* sums, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) sums[i] += a[i] * b[i];
}

/// sums[c][m] += a[c] · b[c][m]
void add_products_of(std::size_t multiplier, const float* a, const float* b, float* sums,
                     std::size_t n) {
  if (multiplier == 1) return add_products(a, b, sums, n);
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t i = c * multiplier; i < (c + 1) * multiplier; ++i) sums[i] += a[c] * b[i];
  }
}

/// sums[c] += Σ_m a[c][m] · b[c][m]
void add_sums_of(std::size_t multiplier, const float* a, const float* b, float* sums,
                 std::size_t n) {
  if (multiplier == 1) return add_products(a, b, sums, n);
  for (std::size_t c = 0; c < n; ++c) {
    for (std::size_t i = c * multiplier; i < (c + 1) * multiplier; ++i) sums[c] += a[i] * b[i];
  }
}

}  // namespace

namespace scalar {

void depthwise(const DepthwiseShape& s, std::span<const float> x, std::span<const float> w,
               std::span<const float> bias, std::span<float> y) {
  const std::size_t outputs = at(s.outputs());
  each_taps(s.window, [&](const Taps& t, int o) {
    const std::span<float> to = y.subspan(at(o) * outputs, outputs);
    if (bias.empty())
      std::ranges::fill(to, 0.0F);
    else
      std::ranges::copy(bias, to.begin());
    each_product(s, t, o, [&](std::size_t in, std::size_t weight, std::size_t out) {
      add_products_of(at(s.multiplier), &x[in], &w[weight], &y[out], at(s.window.channels));
    });
  });
}

void depthwise_input_gradient(const DepthwiseShape& s, std::span<const float> w,
                              std::span<const float> dy, std::span<float> dx) {
  each_taps(s.window, [&](const Taps& t, int o) {
    each_product(s, t, o, [&](std::size_t in, std::size_t weight, std::size_t out) {
      add_sums_of(at(s.multiplier), &w[weight], &dy[out], &dx[in], at(s.window.channels));
    });
  });
}

void depthwise_weight_gradient(const DepthwiseShape& s, std::span<const float> x,
                               std::span<const float> dy, std::span<float> dw) {
  each_taps(s.window, [&](const Taps& t, int o) {
    each_product(s, t, o, [&](std::size_t in, std::size_t weight, std::size_t out) {
      add_products_of(at(s.multiplier), &x[in], &dy[out], &dw[weight], at(s.window.channels));
    });
  });
}

}  // namespace scalar

void depthwise(const DepthwiseShape& s, std::span<const float> x, std::span<const float> w,
               std::span<const float> bias, std::span<float> y) {
  scalar::depthwise(s, x, w, bias, y);
}
void depthwise_input_gradient(const DepthwiseShape& s, std::span<const float> w,
                              std::span<const float> dy, std::span<float> dx) {
  scalar::depthwise_input_gradient(s, w, dy, dx);
}
void depthwise_weight_gradient(const DepthwiseShape& s, std::span<const float> x,
                               std::span<const float> dy, std::span<float> dw) {
  scalar::depthwise_weight_gradient(s, x, dy, dw);
}

}  // namespace ziffer::kernels
