#include "kernels/gemm.hpp"

#include <algorithm>

#include "core/simd.hpp"

namespace ziffer::kernels {

namespace {

using Stride = std::ptrdiff_t;

}  // namespace

namespace scalar {

void gemm(const GemmShape& s, std::span<const float> a, std::span<const float> b,
          std::span<const float> bias, std::span<float> c, std::span<float>) {
  for (Stride i = 0; i < s.m; ++i)
    for (Stride j = 0; j < s.n; ++j) {
      float sum = bias.empty() ? 0.0F : bias[j];
      for (Stride k = 0; k < s.k; ++k) sum += a[i * s.k + k] * b[k * s.n + j];
      c[i * s.n + j] = sum;
    }
}

void gemm_at(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float>) {
  for (Stride i = 0; i < s.m; ++i)
    for (Stride j = 0; j < s.n; ++j) {
      float sum = 0;
      for (Stride k = 0; k < s.k; ++k) sum += a[k * s.m + i] * b[k * s.n + j];
      c[i * s.n + j] = sum;
    }
}

void gemm_bt(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float>) {
  for (Stride i = 0; i < s.m; ++i)
    for (Stride j = 0; j < s.n; ++j) {
      float sum = 0;
      for (Stride k = 0; k < s.k; ++k) sum += a[i * s.k + k] * b[j * s.k + k];
      c[i * s.n + j] = sum;
    }
}

}  // namespace scalar

namespace {

/// Whether A lies as [m][k] or as [k][m].
enum class Layout { kRows, kColumns };

/// A product on raw memory: strides are the distances between rows as stored.
struct Product {
  const float* a;
  Stride lda;
  const float* b;
  Stride ldb;
  float* c;
  Stride ldc;
  const float* bias;  ///< null for none
};

/// A block of the product: rows [i0, i1), columns from j0, terms [k0, k1).
struct Block {
  int i0, i1;
  int j0;
  Stride last;  ///< where the last vector of columns starts, counted from j0
  int k0, k1;
};

/// R rows × V vectors of C in registers. V8 has 16 vector registers, of which R·V + V + 2 are used
/// here: 5×2, 3×3 and 8×1 fit, 6×2 spills.
template <Layout kLayout, int R, int V>
void tile(const Product& p, const Block& block, int i) {
  const auto column = [&](int v) -> Stride { return v + 1 < V ? v * kLanes : block.last; };
  float* c = p.c + i * p.ldc + block.j0;
  f32x4 sum[R][V];
  for (int r = 0; r < R; ++r)
    for (int v = 0; v < V; ++v) {
      if (block.k0 > 0)
        sum[r][v] = load(c + r * p.ldc + column(v));
      else
        sum[r][v] = p.bias ? load(p.bias + block.j0 + column(v)) : f32x4{};
    }

  constexpr bool kRows = kLayout == Layout::kRows;
  const Stride row = kRows ? p.lda : 1;
  const Stride step = kRows ? 1 : p.lda;
  const float* a = p.a + i * row + block.k0 * step;
  const float* b = p.b + block.k0 * p.ldb + block.j0;
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

template <Layout kLayout, int R, int V>
void tile_of(int height, const Product& p, const Block& block, int i) {
  if (height == R)
    tile<kLayout, R, V>(p, block, i);
  else if constexpr (R > 1)
    tile_of<kLayout, R - 1, V>(height, p, block, i);
}

/// All rows of a block in tiles of at most R, as equal in height as can be: 16 rows are 4·4, 25 are
/// 5·5.
template <Layout kLayout, int R, int V>
void rows(const Product& p, const Block& block) {
  const int count = block.i1 - block.i0;
  const int tiles = (count + R - 1) / R;
  const int higher = count % tiles;
  int i = block.i0;
  for (int t = 0; t < tiles; ++t) {
    const int height = count / tiles + (t < higher ? 1 : 0);
    tile_of<kLayout, R, V>(height, p, block, i);
    i += height;
  }
}

/// The columns of a block of rows and terms: pairs of vectors, three where the number of vectors is
/// odd. The last vector of a row reaches back over columns that the one before it has, so that
/// widths need not be multiples of four.
template <Layout kLayout>
void columns(const Product& p, int n, Block block) {
  const int vectors = (n + kLanes - 1) / kLanes;
  for (int v = 0; v < vectors;) {
    const int left = vectors - v;
    const int width = left == 1 || left == 3 ? left : 2;
    block.j0 = v * kLanes;
    block.last = std::min((width - 1) * kLanes, n - kLanes - block.j0);
    if (width == 3)
      rows<kLayout, 3, 3>(p, block);
    else if (width == 2)
      rows<kLayout, 5, 2>(p, block);
    else
      rows<kLayout, 8, 1>(p, block);
    v += width;
  }
}

/// Blocks keep a slice of A (kRowBlock × kTermBlock) and of B (kTermBlock × 8..12) in a 32 KB
/// cache. Between blocks of terms the sums wait in C, which does not change their order.
template <Layout kLayout>
void multiply(const Product& p, const GemmShape& s) {
  constexpr int kTermBlock = 256;
  constexpr int kBlockFloats = 6400;
  if (s.k == 0) {
    for (Stride i = 0; i < s.m; ++i)
      for (Stride j = 0; j < s.n; ++j) p.c[i * p.ldc + j] = p.bias ? p.bias[j] : 0.0F;
    return;
  }
  for (int k0 = 0; k0 < s.k; k0 += kTermBlock) {
    const int k1 = std::min(s.k, k0 + kTermBlock);
    const int row_block = kBlockFloats / (k1 - k0) / 20 * 20 + 20;
    for (int i0 = 0; i0 < s.m; i0 += row_block)
      columns<kLayout>(p, s.n, {i0, std::min(s.m, i0 + row_block), 0, 0, k0, k1});
  }
}

/// out[k][n] = in[n][k]ᵀ.
void transpose(const float* in, int n, int k, float* out) {
  int j = 0;
  for (; j + kLanes <= n; j += kLanes) {
    const float* r0 = in + static_cast<Stride>(j) * k;
    const float* r1 = r0 + k;
    const float* r2 = r1 + k;
    const float* r3 = r2 + k;
    for (Stride i = 0; i < k; ++i) store(out + i * n + j, f32x4{r0[i], r1[i], r2[i], r3[i]});
  }
  for (; j < n; ++j)
    for (Stride i = 0; i < k; ++i) out[i * n + j] = in[static_cast<Stride>(j) * k + i];
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

void gemm_bt(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  if (s.n < kLanes) return scalar::gemm_bt(s, a, b, c, scratch);
  transpose(b.data(), s.n, s.k, scratch.data());
  multiply<Layout::kRows>({a.data(), s.k, scratch.data(), s.n, c.data(), s.n, nullptr}, s);
}

}  // namespace simd128

std::size_t gemm_scratch(const GemmShape& s) {
  return static_cast<std::size_t>(s.n) * static_cast<std::size_t>(s.k);  // gemm_bt's Bᵀ
}

void gemm(const GemmShape& s, std::span<const float> a, std::span<const float> b,
          std::span<const float> bias, std::span<float> c, std::span<float> scratch) {
  simd128::gemm(s, a, b, bias, c, scratch);
}

void gemm_at(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  simd128::gemm_at(s, a, b, c, scratch);
}

void gemm_bt(const GemmShape& s, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch) {
  simd128::gemm_bt(s, a, b, c, scratch);
}

}  // namespace ziffer::kernels
