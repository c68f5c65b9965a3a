// The register tiles of all products, and the blocks in which they go over memory. Private to the
// kernels.
#pragma once

#include <algorithm>

#include "kernels/gemm.hpp"
#include "kernels/gemm_zeros.hpp"

namespace ziffer::kernels {

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
  const float* a = p.a + i * row + block.k0 / p.run * (p.run * step + p.jump);
  const float* b = p.b + block.k0 * p.ldb + j;
  for (int k = block.k0; k < block.k1; a += p.jump) {
    for (const int end = std::min(k + p.run, block.k1); k < end; ++k, a += step, b += p.ldb) {
      f32x4 bv[V];
      for (int v = 0; v < V; ++v) bv[v] = load(b + column(v));
      for (int r = 0; r < R; ++r) {
        const f32x4 av = splat(a[r * row]);
        for (int v = 0; v < V; ++v) sum[r][v] += av * bv[v];
      }
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
  const int terms = std::max(1, kTermBlock / p.run) * p.run;
  for (int k0 = 0; k0 < s.k; k0 += terms) {
    const int k1 = std::min(s.k, k0 + terms);
    const int row_block = kBlockFloats / (k1 - k0) / 12 * 12 + 12;
    for (int i0 = 0; i0 < s.m; i0 += row_block) {
      const Block block{i0, std::min(s.m, i0 + row_block), k0, k1};
      if (!p.in_windows && multiply_without_zeros<kLayout>(p, s.n, block)) continue;
      columns<kLayout>(p, s.n, block);
    }
  }
}

}  // namespace ziffer::kernels
