#include "kernels/conv.hpp"

#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "kernels/gemm_tiles.hpp"
#include "kernels/taps.hpp"

namespace ziffer::kernels {

namespace scalar {
namespace {

/// Calls f(output, place in the image, place in the kernel) for all that meet, without channels.
template <class F>
void each_tap(const WindowShape& s, F f) {
  each_taps(s, [&](const Taps& t, int o) {
    for (int ky = t.rows.first; ky < t.rows.end; ++ky)
      for (int kx = t.columns.first; kx < t.columns.end; ++kx)
        f(o, (t.y + ky) * s.width + t.x + kx, ky * s.window_width + kx);
  });
}

}  // namespace

void conv(const WindowShape& s, int filters, std::span<const float> x, std::span<const float> w,
          std::span<const float> bias, std::span<float> y, std::span<float>) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = bias.empty() ? 0.0F : bias[i % bias.size()];
  each_tap(s, [&](int o, int pixel, int tap) {
    for (int c = 0; c < s.channels; ++c)
      for (int k = 0; k < filters; ++k)
        y[at(o * filters + k)] +=
            x[at(pixel * s.channels + c)] * w[at((tap * s.channels + c) * filters + k)];
  });
}

void conv_weight_gradient(const WindowShape& s, int filters, std::span<const float> x,
                          std::span<const float> dy, std::span<float> dw, std::span<float>) {
  std::ranges::fill(dw, 0.0F);
  each_tap(s, [&](int o, int pixel, int tap) {
    for (int c = 0; c < s.channels; ++c)
      for (int k = 0; k < filters; ++k)
        dw[at((tap * s.channels + c) * filters + k)] +=
            x[at(pixel * s.channels + c)] * dy[at(o * filters + k)];
  });
}

}  // namespace scalar

namespace {

/// Rows and columns that the windows reach, and a picture's distances there.
struct Reach {
  int height, width;
  Index row;  ///< from one row to the next
};
Reach reach(const WindowShape& s) {
  const int height = (s.out_height - 1) * s.stride_y + s.window_height;
  const int width = (s.out_width - 1) * s.stride_x + s.window_width;
  return {height, width, static_cast<Index>(width) * s.channels};
}

bool needs_border(const WindowShape& s) {
  const Reach r = reach(s);
  return s.top > 0 || s.left > 0 || r.height > s.height || r.width > s.width;
}

/// The picture with the zeros around it that windows reach, or itself where they reach none.
const float* with_border(const WindowShape& s, std::span<const float> x, float* scratch,
                         Index& row) {
  row = static_cast<Index>(s.width) * s.channels;
  if (!needs_border(s)) return x.data();
  const Reach r = reach(s);
  const Index columns = std::min(s.width, r.width - s.left) * static_cast<Index>(s.channels);
  std::fill(scratch, scratch + r.height * r.row, 0.0F);
  for (int y = 0; y < std::min(s.height, r.height - s.top); ++y)
    std::copy_n(x.data() + y * row, columns,
                scratch + (y + s.top) * r.row + static_cast<Index>(s.left) * s.channels);
  row = r.row;
  return scratch;
}

}  // namespace

namespace simd128 {

void conv(const WindowShape& s, int filters, std::span<const float> x, std::span<const float> w,
          std::span<const float> bias, std::span<float> y, std::span<float> scratch) {
  if (filters < kLanes) return scalar::conv(s, filters, x, w, bias, y, scratch);
  Index row = 0;
  const float* picture = with_border(s, x, scratch.data(), row);
  const int run = s.window_width * s.channels;
  for (int oy = 0; oy < s.out_height; ++oy) {
    Product p{picture + oy * s.stride_y * row,
              static_cast<Index>(s.stride_x) * s.channels,
              w.data(),
              filters,
              y.data() + static_cast<Index>(oy) * s.out_width * filters,
              filters,
              bias.empty() ? nullptr : bias.data()};
    p.windows(run, row - run);
    multiply<Layout::kRows>(p, {s.out_width, filters, s.window_height * run});
  }
}

void conv_weight_gradient(const WindowShape& s, int filters, std::span<const float> x,
                          std::span<const float> dy, std::span<float> dw,
                          std::span<float> scratch) {
  if (filters < kLanes) return scalar::conv_weight_gradient(s, filters, x, dy, dw, scratch);
  Index row = 0;
  const float* picture = with_border(s, x, scratch.data(), row);
  const int rows = s.window_width * s.channels;
  const Index step = static_cast<Index>(s.stride_x) * s.channels;
  for (int ky = 0; ky < s.window_height; ++ky) {
    Product p{picture + ky * row,
              step,
              dy.data(),
              filters,
              dw.data() + static_cast<Index>(ky) * rows * filters,
              filters,
              nullptr};
    p.windows(s.out_width, s.stride_y * row - s.out_width * step);
    multiply<Layout::kColumns>(p, {rows, filters, s.out_height * s.out_width});
  }
}

}  // namespace simd128

bool conv_in_place(const WindowShape& s, int filters) {
  constexpr int kShortestRow = 8;  // a row of outputs is one product
  return s.dilation_y == 1 && s.dilation_x == 1 && s.out_width >= kShortestRow &&
         (s.channels > 1 || filters < 16);
}

std::size_t conv_scratch(const WindowShape& s) {
  const Reach r = reach(s);
  return needs_border(s) ? size_of(r.height, r.width, s.channels) : 0;
}

void conv(const WindowShape& s, int filters, std::span<const float> x, std::span<const float> w,
          std::span<const float> bias, std::span<float> y, std::span<float> scratch) {
  simd128::conv(s, filters, x, w, bias, y, scratch);
}

void conv_weight_gradient(const WindowShape& s, int filters, std::span<const float> x,
                          std::span<const float> dy, std::span<float> dw,
                          std::span<float> scratch) {
  simd128::conv_weight_gradient(s, filters, x, dy, dw, scratch);
}

}  // namespace ziffer::kernels
