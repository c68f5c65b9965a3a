// Products whose A holds many zeros: paper, outputs that ReLU or a dropout made 0, and the
// gradients that do not pass there. Each row lists its numbers that are not 0, and only these are
// multiplied. What is left out would add ±0 to a sum, so the bits stay those of the whole product
// wherever B is finite.
#pragma once

#include <algorithm>
#include <array>

#include "kernels/gemm_product.hpp"

namespace ziffer::kernels {

/// Where the numbers that are not 0 stand in some rows of A, in ascending order.
struct Living {
  static constexpr int kRows = 32;
  std::array<std::uint8_t, kTermBlock> terms[kRows];
  int count[kRows];
};

/// Whether at least half of A's numbers in a block are 0, by every fourth of the lines in memory.
template <Layout kLayout>
bool mostly_zeros(const Product& p, const Block& block) {
  constexpr bool kRows = kLayout == Layout::kRows;
  const int first = kRows ? block.k0 : block.i0, end = kRows ? block.k1 : block.i1;
  const int lines = kRows ? block.i1 : block.k1;
  i32x4 counts{};
  int living = 0, all = 0;
  for (int line = kRows ? block.i0 : block.k0; line < lines; line += 4, all += end - first) {
    const float* a = p.a + line * p.lda;
    int i = first;
    for (; i + kLanes <= end; i += kLanes) counts -= load(a + i) != 0.0F;
    for (; i < end; ++i) living += a[i] != 0.0F;
  }
  return 2 * (living + counts[0] + counts[1] + counts[2] + counts[3]) <= all;
}

/// Lists the rows [i0, i1) of a block, at most kRows.
template <Layout kLayout>
void list_living(const Product& p, const Block& block, Living& out) {
  const int rows = block.i1 - block.i0, terms = block.k1 - block.k0;
  std::fill(out.count, out.count + rows, 0);
  const auto note = [&](int row, int term, float a) {
    out.terms[row][static_cast<std::size_t>(out.count[row])] = static_cast<std::uint8_t>(term);
    out.count[row] += a != 0.0F;
  };
  if constexpr (kLayout == Layout::kRows) {
    for (int r = 0; r < rows; ++r)
      for (int k = 0; k < terms; ++k) note(r, k, p.a[(block.i0 + r) * p.lda + block.k0 + k]);
  } else {
    for (int k = 0; k < terms; ++k)
      for (int r = 0; r < rows; ++r) note(r, k, p.a[(block.k0 + k) * p.lda + block.i0 + r]);
  }
}

/// V vectors of one row of C from column j on; the last one starts `last` columns after j.
template <int V>
[[gnu::noinline]] void living_tile(const Product& p, int i, int j, Index last, bool begins,
                                   const float* a, Index step, const float* b,
                                   const std::uint8_t* terms, int count) {
  const auto column = [&](int v) -> Index { return v + 1 < V ? v * kLanes : last; };
  float* c = p.c + i * p.ldc + j;
  f32x4 sum[V];
  for (int v = 0; v < V; ++v)
    sum[v] = !begins ? load(c + column(v)) : p.bias ? load(p.bias + j + column(v)) : f32x4{};
  for (int t = 0; t < count; ++t) {
    const f32x4 av = splat(a[terms[t] * step]);
    const float* row = b + terms[t] * p.ldb + j;
    for (int v = 0; v < V; ++v) sum[v] += av * load(row + column(v));
  }
  for (int v = 0; v < V; ++v) store(c + column(v), sum[v]);
}

/// One block, if enough of A there is 0 and C is wide enough to pay for the lists.
template <Layout kLayout>
bool multiply_without_zeros(const Product& p, int n, const Block& block) {
  constexpr int kVectors = 6, kNarrowest = 16;
  if (n < kNarrowest || !mostly_zeros<kLayout>(p, block)) return false;
  constexpr bool kRows = kLayout == Layout::kRows;
  Living living;
  for (int i0 = block.i0; i0 < block.i1; i0 += Living::kRows) {
    const Block part{i0, std::min(block.i1, i0 + Living::kRows), block.k0, block.k1};
    list_living<kLayout>(p, part, living);
    for (int j = 0, left = vectors_of(n); left > 0;) {
      // Never a last one alone: it reaches back to columns whose sums must not be taken twice.
      const int vectors = left == kVectors + 1 ? kVectors - 1 : std::min(left, kVectors);
      const Index last = std::min((vectors - 1) * kLanes, n - kLanes - j);
      with_constant<kVectors>(vectors, [&](auto v) {
        for (int i = part.i0; i < part.i1; ++i) {
          const float* a = p.a + (kRows ? i * p.lda + part.k0 : part.k0 * p.lda + i);
          living_tile<v>(p, i, j, last, part.k0 == 0 && !p.adds, a, kRows ? 1 : p.lda,
                         p.b + part.k0 * p.ldb, living.terms[i - i0].data(), living.count[i - i0]);
        }
      });
      j += vectors * kLanes;
      left -= vectors;
    }
  }
  return true;
}

}  // namespace ziffer::kernels
