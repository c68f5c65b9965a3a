// What is done to every number alone: pixels to floats, vector sums, softmax,
// dropout. Each has its scalar reference and a SIMD variant; a test holds the two
// together lane by lane.
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

using AddFn = void(std::span<const float>, std::span<float>);
using ColumnSumsFn = void(std::span<const float>, int, std::span<float>);
using DropoutFn = void(std::span<const float>, std::span<const std::uint8_t>, float,
                       std::span<float>);
using PixelsFn = void(std::span<const std::uint8_t>, std::span<float>);

extern const Variant<PixelsFn> kPixelsVariants[2];
extern const Variant<AddFn> kAddVariants[2];
extern const Variant<ColumnSumsFn> kColumnSumsVariants[2];
extern const Variant<DropoutFn> kDropoutVariants[2];

}  // namespace ziffer::kernels
