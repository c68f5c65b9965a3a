#include "kernels/elementwise.hpp"

#include <algorithm>

#include "core/math.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels {
namespace scalar {

void pixels_to_float(std::span<const std::uint8_t> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = static_cast<float>(x[i]) / 255.0F;
}
void add(std::span<const float> x, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] += x[i];
}
void column_sums(std::span<const float> x, int width, std::span<float> sums) {
  const auto n = static_cast<std::size_t>(width);
  std::fill(sums.begin(), sums.end(), 0.0F);
  for (std::size_t i = 0; i < x.size(); ++i) sums[i % n] += x[i];
}
void dropout(std::span<const float> x, std::span<const std::uint8_t> keep, float scale,
             std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = keep[i] != 0 ? x[i] * scale : 0.0F;
}
void affine(std::span<const float> x, float scale, float offset, std::span<float> y) {
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] * scale + offset;
}

void channel_affine(std::span<const float> x, std::span<const float> scale,
                    std::span<const float> offset, std::span<float> y) {
  const std::size_t n = scale.size();
  for (std::size_t row = 0; row < x.size(); row += n) {
    for (std::size_t c = 0; c < n; ++c) y[row + c] = x[row + c] * scale[c] + offset[c];
  }
}

void softmax(std::span<float> y, int width) {
  const auto n = static_cast<std::size_t>(width);
  for (std::size_t row = 0; row < y.size(); row += n) {
    const std::span<float> r = y.subspan(row, n);
    const float top = *std::max_element(r.begin(), r.end());
    for (float& v : r) v = ziffer::exp(v - top);
    float total = 0;
    for (const float v : r) total += v;
    for (float& v : r) v /= total;
  }
}

void softmax_gradient(std::span<const float> y, int width, std::span<float> dy) {
  const auto n = static_cast<std::size_t>(width);
  for (std::size_t row = 0; row < y.size(); row += n) {
    float dot = 0;
    for (std::size_t j = 0; j < n; ++j) dot += y[row + j] * dy[row + j];
    for (std::size_t j = 0; j < n; ++j) dy[row + j] = y[row + j] * (dy[row + j] - dot);
  }
}

void log_softmax(std::span<float> y, int width) {
  const auto n = static_cast<std::size_t>(width);
  for (std::size_t row = 0; row < y.size(); row += n) {
    const std::span<float> r = y.subspan(row, n);
    const float top = *std::max_element(r.begin(), r.end());
    float total = 0;
    for (const float v : r) total += ziffer::exp(v - top);
    const float rest = ziffer::log(total);
    for (float& v : r) v = v - top - rest;
  }
}

void log_softmax_gradient(std::span<const float> y, int width, std::span<float> dy) {
  const auto n = static_cast<std::size_t>(width);
  for (std::size_t row = 0; row < y.size(); row += n) {
    float total = 0;
    for (std::size_t j = 0; j < n; ++j) total += dy[row + j];
    for (std::size_t j = 0; j < n; ++j) dy[row + j] -= ziffer::exp(y[row + j]) * total;
  }
}

}  // namespace scalar

namespace simd128 {

/// 1/255 in two parts instead of a division: x/256 is exact, and with the rest of it added each of
/// the 256 quotients is correctly rounded (tested).
void pixels_to_float(std::span<const std::uint8_t> x, std::span<float> y) {
  constexpr float kFirst = 0x1p-8F, kRest = 0x1.010102p-16F;
  std::size_t i = 0;
  for (; i + kStep <= x.size(); i += kStep) {
    const f32x4 p = __builtin_convertvector(load_bytes<std::uint8_t>(&x[i]), f32x4);
    store(&y[i], p * kFirst + p * kRest);
  }
  for (; i < x.size(); ++i) y[i] = static_cast<float>(x[i]) / 255.0F;
}
void add(std::span<const float> x, std::span<float> y) {
  combine(x, y, [](f32x4 a, f32x4 b) { return b + a; });
}
void column_sums(std::span<const float> x, int width, std::span<float> sums) {
  const auto n = static_cast<std::size_t>(width);
  std::fill(sums.begin(), sums.end(), 0.0F);
  for (std::size_t row = 0; row < x.size(); row += n) add(x.subspan(row, n), sums);
}
/// Without a branch: half of them would be guessed wrongly.
void dropout(std::span<const float> x, std::span<const std::uint8_t> keep, float scale,
             std::span<float> y) {
  std::size_t i = 0;
  for (; i + kStep <= x.size(); i += kStep)
    store(&y[i], select(load_bytes<std::uint8_t>(&keep[i]) != 0, load(&x[i]) * scale, f32x4{}));
  for (; i < x.size(); ++i) y[i] = keep[i] != 0 ? x[i] * scale : 0.0F;
}

void softmax(std::span<float> y, int width) {
  const auto n = static_cast<std::size_t>(width);
  for (std::size_t row = 0; row < y.size(); row += n) {
    const std::span<float> r = y.subspan(row, n);
    const float top = *std::max_element(r.begin(), r.end());
    in_place(r, [top](f32x4 v) { return ziffer::exp(v - top); });
    float total = 0;
    for (const float v : r) total += v;
    in_place(r, [total](f32x4 v) { return v / total; });
  }
}

}  // namespace simd128

void pixels_to_float(std::span<const std::uint8_t> x, std::span<float> y) {
  simd128::pixels_to_float(x, y);
}
void add(std::span<const float> x, std::span<float> y) { simd128::add(x, y); }
void column_sums(std::span<const float> x, int width, std::span<float> sums) {
  simd128::column_sums(x, width, sums);
}
void dropout(std::span<const float> x, std::span<const std::uint8_t> keep, float scale,
             std::span<float> y) {
  simd128::dropout(x, keep, scale, y);
}
void softmax(std::span<float> y, int width) { simd128::softmax(y, width); }

// The plain loops: compilers make vectors of the first two, and a row's sum has one order.

void affine(std::span<const float> x, float scale, float offset, std::span<float> y) {
  scalar::affine(x, scale, offset, y);
}
void channel_affine(std::span<const float> x, std::span<const float> scale,
                    std::span<const float> offset, std::span<float> y) {
  scalar::channel_affine(x, scale, offset, y);
}
void softmax_gradient(std::span<const float> y, int width, std::span<float> dy) {
  scalar::softmax_gradient(y, width, dy);
}
void log_softmax(std::span<float> y, int width) { scalar::log_softmax(y, width); }
void log_softmax_gradient(std::span<const float> y, int width, std::span<float> dy) {
  scalar::log_softmax_gradient(y, width, dy);
}

}  // namespace ziffer::kernels
