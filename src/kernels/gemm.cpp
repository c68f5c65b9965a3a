#include "kernels/gemm.hpp"

#include <algorithm>

#include "core/simd.hpp"
#include "core/sizes.hpp"
#include "kernels/gemm_zeros.hpp"
#include "kernels/lanes.hpp"

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

/// R rows × V vectors of C from column j on stay in registers over a block of terms; the last
/// vector starts `last` columns after j.
///
/// Eight sums in 16 registers are what V8 keeps without spilling: 2×4 and 4×2 reach 39–42 GFLOP/s
/// where 5×2, 3×3 and 8×1 fall to 20–24 (Node 20), and unrolling the terms by hand makes it hoist
/// all loads and spill as well. Natively the differences are small.
template <Layout kLayout, int R, int V>
[[gnu::noinline]] void tile(const Product& p, const Block& block, int i, int j, Index last) {
  const auto column = [&](int v) -> Index { return v + 1 < V ? v * kLanes : last; };
  float* c = p.c + i * p.ldc + j;
  f32x4 sum[R][V];
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < V; ++v) {
      if (block.k0 > 0 || p.adds)
        sum[r][v] = load(c + r * p.ldc + column(v));
      else
        sum[r][v] = p.bias ? load(p.bias + j + column(v)) : f32x4{};
    }

  constexpr bool kRows = kLayout == Layout::kRows;
  const Index row = kRows ? p.lda : 1;
  const Index step = kRows ? 1 : p.lda;
  const float* a = p.a + i * row + block.k0 * step;
  const float* b = p.b + block.k0 * p.ldb + j;
  for (int k = block.k0; k < block.k1; ++k, a += step, b += p.ldb) {
    f32x4 bv[V];
    for (int v = 0; v < V; ++v) bv[v] = load(b + column(v));
    for (int r = 0; r < R; ++r) {
      const f32x4 av = splat(a[r * row]);
      for (int v = 0; v < V; ++v) sum[r][v] += av * bv[v];
    }
  }

  for (int r = 0; r < R; ++r)
    for (int v = 0; v < V; ++v) store(c + r * p.ldc + column(v), sum[r][v]);
}

/// All rows of a block in tiles of R, then single ones.
template <Layout kLayout, int R, int V>
void rows(const Product& p, const Block& block, int j, Index last) {
  int i = block.i0;
  for (; i + R <= block.i1; i += R) tile<kLayout, R, V>(p, block, i, j, last);
  if constexpr (R > 2)
    for (; i + 2 <= block.i1; i += 2) tile<kLayout, 2, V>(p, block, i, j, last);
  for (; i < block.i1; ++i) tile<kLayout, 1, V>(p, block, i, j, last);
}

/// The columns of a block: four vectors at a time, and never one alone if it can be helped. The
/// last vector of a row reaches back over columns that the one before it has, so that widths need
/// not be multiples of four.
template <Layout kLayout>
void columns(const Product& p, int n, const Block& block) {
  int left = vectors_of(n);
  for (int j = 0; left > 0;) {
    const int width = left == 5 ? 3 : std::min(left, 4);
    const Index last = std::min((width - 1) * kLanes, n - kLanes - j);
    if (width == 4)
      rows<kLayout, 2, 4>(p, block, j, last);
    else if (width == 3)
      rows<kLayout, 2, 3>(p, block, j, last);
    else if (width == 2)
      rows<kLayout, 4, 2>(p, block, j, last);
    else
      rows<kLayout, 6, 1>(p, block, j, last);
    j += width * kLanes;
    left -= width;
  }
}

/// Blocks keep a slice of A (6,400 floats) and of B (256 terms × 16 columns) in a 32 KB cache.
/// Between blocks of terms the sums wait in C, which does not change their order.
template <Layout kLayout>
void multiply(const Product& p, const GemmShape& s) {
  constexpr int kBlockFloats = 6400;
  if (s.k == 0) {
    if (p.adds) return;
    for (Index i = 0; i < s.m; ++i)
      for (Index j = 0; j < s.n; ++j) p.c[i * p.ldc + j] = p.bias ? p.bias[j] : 0.0F;
    return;
  }
  for (int k0 = 0; k0 < s.k; k0 += kTermBlock) {
    const int k1 = std::min(s.k, k0 + kTermBlock);
    const int row_block = kBlockFloats / (k1 - k0) / 12 * 12 + 12;
    for (int i0 = 0; i0 < s.m; i0 += row_block) {
      const Block block{i0, std::min(s.m, i0 + row_block), k0, k1};
      if (!multiply_without_zeros<kLayout>(p, s.n, block)) columns<kLayout>(p, s.n, block);
    }
  }
}

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
