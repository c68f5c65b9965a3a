// How a product of matrices is told to the tiles that compute it. Private to the kernels.
#pragma once

#include "kernels/lanes.hpp"

namespace ziffer::kernels {

/// Terms of a block at most, where A lies as a matrix: a place among them is a byte.
inline constexpr int kTermBlock = 256;

/// Whether A lies as [m][k] or as [k][m].
enum class Layout { kRows, kColumns };

/// A product on raw memory: strides are the distances between rows as stored.
struct Product {
  const float* a;
  Index lda;
  const float* b;
  Index ldb;
  float* c;
  Index ldc;
  const float* bias;  ///< null for none
  bool adds = false;  ///< to what C holds
  /// After so many terms A's next one lies `jump` numbers further than their distance says.
  int run = kTermBlock;
  Index jump = 0;
  bool in_windows = false;

  /// A's terms come in runs, as a picture's do under a window.
  void windows(int terms, Index further) {
    run = terms;
    jump = further;
    in_windows = true;
  }
};

/// A block of the product: rows [i0, i1), terms [k0, k1).
struct Block {
  int i0, i1;
  int k0, k1;
};

}  // namespace ziffer::kernels
