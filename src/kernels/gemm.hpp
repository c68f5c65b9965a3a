// Products of row-major matrices: the dense layers forward and backward, and convolution after
// im2col.
//
// Every element of C is one sum that starts at the bias (or 0) and takes its k products in
// ascending order, in every variant and in every tile: all variants give the same bits, and a row
// of C does not depend on the rows around it.
#pragma once

#include <cstddef>
#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// C is [m][n]; k is the extent that the product sums over.
struct GemmShape {
  int m, n, k;
};

/// Floats of scratch that the three products below need at most for this shape.
std::size_t gemm_scratch(const GemmShape&);

/// C[m][n] = A[m][k] · B[k][n] + bias[n]; the bias may be empty. Overwrites c.
void gemm(const GemmShape&, std::span<const float> a, std::span<const float> b,
          std::span<const float> bias, std::span<float> c, std::span<float> scratch);

/// C[m][n] = Aᵀ · B with A [k][m] and B [k][n]. The weight gradient of a dense layer: a = x
/// [images][in], b = dy [images][out], m = in, n = out, k = images.
void gemm_at(const GemmShape&, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch);

/// The same, added to what C holds: each sum begins there.
void gemm_at_add(const GemmShape&, std::span<const float> a, std::span<const float> b,
                 std::span<float> c, std::span<float> scratch);

/// C[m][n] = A · Bᵀ with A [m][k] and B [n][k]. The input gradient of a dense layer: a = dy
/// [images][out], b = w [in][out], m = images, n = in, k = out.
void gemm_bt(const GemmShape&, std::span<const float> a, std::span<const float> b,
             std::span<float> c, std::span<float> scratch);

using GemmFn = decltype(gemm);
using GemmAtFn = decltype(gemm_at);
using GemmBtFn = decltype(gemm_bt);

namespace scalar {
GemmFn gemm;
GemmAtFn gemm_at, gemm_at_add;
GemmBtFn gemm_bt;
}  // namespace scalar

namespace simd128 {
GemmFn gemm;
GemmAtFn gemm_at, gemm_at_add;
GemmBtFn gemm_bt;
}  // namespace simd128

inline constexpr Variant<GemmFn> kGemmVariants[] = {{"scalar", &scalar::gemm},
                                                    {"simd128", &simd128::gemm}};
inline constexpr Variant<GemmAtFn> kGemmAtVariants[] = {{"scalar", &scalar::gemm_at},
                                                        {"simd128", &simd128::gemm_at}};
inline constexpr Variant<GemmAtFn> kGemmAtAddVariants[] = {{"scalar", &scalar::gemm_at_add},
                                                           {"simd128", &simd128::gemm_at_add}};
inline constexpr Variant<GemmBtFn> kGemmBtVariants[] = {{"scalar", &scalar::gemm_bt},
                                                        {"simd128", &simd128::gemm_bt}};

}  // namespace ziffer::kernels
