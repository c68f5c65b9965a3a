// Convolutions of any size and stride as products that read their patches where they lie: tap by
// tap the same sums as im2col and gemm, without the copies.
#pragma once

#include <span>

#include "kernels/variant.hpp"
#include "kernels/window.hpp"

namespace ziffer::kernels {

/// Whether windows are read so: without dilation, where rows are long enough, and not where a
/// picture's paper is left out of the products instead.
bool conv_in_place(const WindowShape&, int filters);

/// Floats of scratch, for either.
std::size_t conv_scratch(const WindowShape&);

/// One image: y [oh][ow][filters] = the sums with w [kh][kw][channels][filters] and the bias, which
/// may be empty. Overwrites y.
void conv(const WindowShape&, int filters, std::span<const float> x, std::span<const float> w,
          std::span<const float> bias, std::span<float> y, std::span<float> scratch);

/// One image's gradient of w. Overwrites dw.
void conv_weight_gradient(const WindowShape&, int filters, std::span<const float> x,
                          std::span<const float> dy, std::span<float> dw, std::span<float> scratch);

using ConvFn = decltype(conv);
using ConvWeightGradientFn = decltype(conv_weight_gradient);

namespace scalar {
ConvFn conv;
ConvWeightGradientFn conv_weight_gradient;
}  // namespace scalar

namespace simd128 {
ConvFn conv;
ConvWeightGradientFn conv_weight_gradient;
}  // namespace simd128

inline constexpr Variant<ConvFn> kConvVariants[] = {{"scalar", &scalar::conv},
                                                    {"simd128", &simd128::conv}};
inline constexpr Variant<ConvWeightGradientFn> kConvWeightGradientVariants[] = {
    {"scalar", &scalar::conv_weight_gradient}, {"simd128", &simd128::conv_weight_gradient}};

}  // namespace ziffer::kernels
