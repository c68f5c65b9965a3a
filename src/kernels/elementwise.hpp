// What is done to every number alone: pixels to floats, vector sums, softmax,
// dropout. Each has its scalar reference; every other variant gives the same bits.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// y[i] = x[i] / 255, correctly rounded as Keras's `x.astype("float32") / 255` is. Sizes equal.
void pixels_to_float(std::span<const std::uint8_t> x, std::span<float> y);

/// y[i] += x[i].
void add(std::span<const float> x, std::span<float> y);

/// y[i] = x[i] · scale + offset.
void affine(std::span<const float> x, float scale, float offset, std::span<float> y);

/// y[i][c] = x[i][c] · scale[c] + offset[c] over rows of scale.size() numbers.
void channel_affine(std::span<const float> x, std::span<const float> scale,
                    std::span<const float> offset, std::span<float> y);

/// Softmax over each row of `width` numbers, in place; the row's maximum is subtracted first.
void softmax(std::span<float> y, int width);

/// Its derivative in place: dy becomes dz where y = softmax(z); only the output y is needed.
void softmax_gradient(std::span<const float> y, int width, std::span<float> dy);

/// The logarithm of each row's softmax, in place, and its derivative by the output y.
void log_softmax(std::span<float> y, int width);
void log_softmax_gradient(std::span<const float> y, int width, std::span<float> dy);

/// y[i] = keep[i] ? x[i] · scale : 0.
void dropout(std::span<const float> x, std::span<const std::uint8_t> keep, float scale,
             std::span<float> y);

/// sums[j] = Σ_i x[i][j] over the rows of x [rows][width], added in the order of the rows.
/// Overwrites sums.
void column_sums(std::span<const float> x, int width, std::span<float> sums);

using PixelsFn = decltype(pixels_to_float);
using AddFn = decltype(add);
using AffineFn = decltype(affine);
using ChannelAffineFn = decltype(channel_affine);
using SoftmaxFn = decltype(softmax);
using SoftmaxGradientFn = decltype(softmax_gradient);
using DropoutFn = decltype(dropout);
using ColumnSumsFn = decltype(column_sums);

namespace scalar {
PixelsFn pixels_to_float;
AddFn add;
AffineFn affine;
ChannelAffineFn channel_affine;
SoftmaxFn softmax, log_softmax;
SoftmaxGradientFn softmax_gradient, log_softmax_gradient;
DropoutFn dropout;
ColumnSumsFn column_sums;
}  // namespace scalar

namespace simd128 {
PixelsFn pixels_to_float;
AddFn add;
SoftmaxFn softmax;
DropoutFn dropout;
ColumnSumsFn column_sums;
}  // namespace simd128

inline constexpr Variant<PixelsFn> kPixelsVariants[] = {{"scalar", &scalar::pixels_to_float},
                                                        {"simd128", &simd128::pixels_to_float}};
inline constexpr Variant<AddFn> kAddVariants[] = {{"scalar", &scalar::add},
                                                  {"simd128", &simd128::add}};
inline constexpr Variant<AffineFn> kAffineVariants[] = {{"scalar", &scalar::affine}};
inline constexpr Variant<ChannelAffineFn> kChannelAffineVariants[] = {
    {"scalar", &scalar::channel_affine}};
inline constexpr Variant<SoftmaxFn> kSoftmaxVariants[] = {{"scalar", &scalar::softmax},
                                                          {"simd128", &simd128::softmax}};
inline constexpr Variant<SoftmaxGradientFn> kSoftmaxGradientVariants[] = {
    {"scalar", &scalar::softmax_gradient}};
inline constexpr Variant<SoftmaxFn> kLogSoftmaxVariants[] = {{"scalar", &scalar::log_softmax}};
inline constexpr Variant<SoftmaxGradientFn> kLogSoftmaxGradientVariants[] = {
    {"scalar", &scalar::log_softmax_gradient}};
inline constexpr Variant<DropoutFn> kDropoutVariants[] = {{"scalar", &scalar::dropout},
                                                          {"simd128", &simd128::dropout}};
inline constexpr Variant<ColumnSumsFn> kColumnSumsVariants[] = {{"scalar", &scalar::column_sums},
                                                                {"simd128", &simd128::column_sums}};

}  // namespace ziffer::kernels
