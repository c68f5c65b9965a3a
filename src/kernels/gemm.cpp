#include "kernels/gemm.hpp"

#include <algorithm>

#include "core/simd.hpp"
#include "core/sizes.hpp"
#include "kernels/gemm_tiles.hpp"

namespace ziffer::kernels {

namespace {

struct Extents {
  std::size_t m, n, k;
};
Extents extents(const GemmShape& s) {
  return {static_cast<std::size_t>(s.m), static_cast<std::size_t>(s.n),
          static_cast<std::size_t>(s.k)};
}

}  // namespace

namespace scalar {

void gemm(const GemmShape& s, std::span<const float> a, std::span<const float> b,
          std::span<const float> bias, std::span<float> c, std::span<float>) {
  const auto [m, n, terms] = extents(s);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      float sum = bias.empty() ? 0.0F : bias[j];
      for (std::size_t k = 0; k < terms; ++k) sum += a[i * terms + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
}

void gemm_at_add(const GemmShape& s, std::span<const float> a, std::span<const float> b,
                 std::span<float> c, std::span<float>) {
  const auto [m, n, terms] = extents(s);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t k = 0; k < terms; ++k) c[i * n + j] += a[k * m + i] * b[k * n + j];
}

void gemm_at(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  std::ranges::fill(c, 0.0F);
  scalar::gemm_at_add(s, a, b, c, scratch);
}

void gemm_bt(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float>) {
  const auto [m, n, terms] = extents(s);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      float sum = 0;
      for (std::size_t k = 0; k < terms; ++k) sum += a[i * terms + k] * b[j * terms + k];
      c[i * n + j] = sum;
    }
}

}  // namespace scalar

namespace {

/// out[k][n] = in[n][k]ᵀ, in squares of four.
void transpose(const float* in, int n, int k, float* out) {
  int j = 0;
  for (; j + kLanes <= n; j += kLanes) {
    const float* from = in + static_cast<Index>(j) * k;
    int i = 0;
    for (; i + kLanes <= k; i += kLanes) {
      const f32x4 r0 = load(from + i), r1 = load(from + i + k);
      const f32x4 r2 = load(from + i + 2 * k), r3 = load(from + i + 3 * k);
      const f32x4 a = __builtin_shufflevector(r0, r1, 0, 4, 1, 5);
      const f32x4 b = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
      const f32x4 c = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
      const f32x4 d = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
      float* to = out + static_cast<Index>(i) * n + j;
      store(to, __builtin_shufflevector(a, b, 0, 1, 4, 5));
      store(to + n, __builtin_shufflevector(a, b, 2, 3, 6, 7));
      store(to + 2 * n, __builtin_shufflevector(c, d, 0, 1, 4, 5));
      store(to + 3 * n, __builtin_shufflevector(c, d, 2, 3, 6, 7));
    }
    for (; i < k; ++i)
      store(out + static_cast<Index>(i) * n + j,
            f32x4{from[i], from[i + k], from[i + 2 * k], from[i + 3 * k]});
  }
  for (; j < n; ++j)
    for (Index i = 0; i < k; ++i) out[i * n + j] = in[static_cast<Index>(j) * k + i];
}

/// Whether Cᵀ = B · Aᵀ is cheaper: it turns over A and C, which are small where A has few rows.
bool transposes_product(const GemmShape& s) {
  return count_of(s.m, s.n) + count_of(s.m, s.k) <= count_of(s.n, s.k);
}

}  // namespace

namespace simd128 {

void gemm(const GemmShape& s, std::span<const float> a, std::span<const float> b,
          std::span<const float> bias, std::span<float> c, std::span<float> scratch) {
  if (s.n < kLanes) return scalar::gemm(s, a, b, bias, c, scratch);
  multiply<Layout::kRows>(
      {a.data(), s.k, b.data(), s.n, c.data(), s.n, bias.empty() ? nullptr : bias.data()}, s);
}

void gemm_at(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  if (s.n < kLanes) return scalar::gemm_at(s, a, b, c, scratch);
  multiply<Layout::kColumns>({a.data(), s.m, b.data(), s.n, c.data(), s.n, nullptr}, s);
}

void gemm_at_add(const GemmShape& s, std::span<const float> a, std::span<const float> b,
                 std::span<float> c, std::span<float> scratch) {
  if (s.n < kLanes) return scalar::gemm_at_add(s, a, b, c, scratch);
  multiply<Layout::kColumns>({a.data(), s.m, b.data(), s.n, c.data(), s.n, nullptr, true}, s);
}

void gemm_bt(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  if (s.m >= kLanes && transposes_product(s)) {
    float* product = scratch.data() + static_cast<Index>(s.k) * s.m;
    transpose(a.data(), s.m, s.k, scratch.data());
    multiply<Layout::kRows>({b.data(), s.k, scratch.data(), s.m, product, s.m, nullptr},
                            {s.n, s.m, s.k});
    return transpose(product, s.n, s.m, c.data());
  }
  if (s.n < kLanes) return scalar::gemm_bt(s, a, b, c, scratch);
  transpose(b.data(), s.n, s.k, scratch.data());
  multiply<Layout::kRows>({a.data(), s.k, scratch.data(), s.n, c.data(), s.n, nullptr}, s);
}

}  // namespace simd128

std::size_t gemm_scratch(const GemmShape& s) {
  return size_of(s.n, s.k);  // gemm_bt's Bᵀ, or less
}

void gemm(const GemmShape& s, std::span<const float> a, std::span<const float> b,
          std::span<const float> bias, std::span<float> c, std::span<float> scratch) {
  simd128::gemm(s, a, b, bias, c, scratch);
}

void gemm_at(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  simd128::gemm_at(s, a, b, c, scratch);
}

void gemm_at_add(const GemmShape& s, std::span<const float> a, std::span<const float> b,
                 std::span<float> c, std::span<float> scratch) {
  simd128::gemm_at_add(s, a, b, c, scratch);
}

void gemm_bt(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  simd128::gemm_bt(s, a, b, c, scratch);
}

}  // namespace ziffer::kernels
