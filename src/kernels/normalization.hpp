// What normalizing by a batch's own statistics sums up and computes, over rows of channels. Each
// has its scalar reference; every other variant gives the same bits.
#pragma once

#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// Of x [rows][channels]: each channel's mean, and its sum of (x − mean)². Sizes of the outputs:
/// channels. At least one row.
void moments(std::span<const float> x, std::span<float> mean, std::span<float> squares);

/// What a channel's gradient is made of: sums = Σ dy, products = Σ dy · (x − mean).
void normalization_sums(std::span<const float> x, std::span<const float> mean,
                        std::span<const float> dy, std::span<float> sums,
                        std::span<float> products);

/// By channel.
struct NormalizationSlopes {
  std::span<const float> mean, of_dy, of_x, constant;
};

/// dx = dy · of_dy + ((x − mean) · of_x + constant).
void normalization_gradient(const NormalizationSlopes&, std::span<const float> x,
                            std::span<const float> dy, std::span<float> dx);

using MomentsFn = decltype(moments);
using NormalizationSumsFn = decltype(normalization_sums);
using NormalizationGradientFn = decltype(normalization_gradient);

namespace scalar {
MomentsFn moments;
NormalizationSumsFn normalization_sums;
NormalizationGradientFn normalization_gradient;
}  // namespace scalar

namespace simd128 {
MomentsFn moments;
NormalizationSumsFn normalization_sums;
NormalizationGradientFn normalization_gradient;
}  // namespace simd128

inline constexpr Variant<MomentsFn> kMomentsVariants[] = {{"scalar", &scalar::moments},
                                                          {"simd128", &simd128::moments}};
inline constexpr Variant<NormalizationSumsFn> kNormalizationSumsVariants[] = {
    {"scalar", &scalar::normalization_sums}, {"simd128", &simd128::normalization_sums}};
inline constexpr Variant<NormalizationGradientFn> kNormalizationGradientVariants[] = {
    {"scalar", &scalar::normalization_gradient}, {"simd128", &simd128::normalization_gradient}};

}  // namespace ziffer::kernels
