// 3×3 convolutions with stride 1 and their gradients by Winograd's F(4×4, 3×3): a 4×4 block of
// outputs takes 36 products where the sum itself takes 144 (Lavin and Gray, Fast algorithms for
// convolutional neural networks, 2015).
//
// Sums differ from the direct ones by rounding: by less than 1e-5 of the sum of the products'
// magnitudes (tested). Pictures are NHWC, weights HWIO.
#pragma once

#include <cstddef>
#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// Pictures [height][width][channels] with zeros around them, of which `top` rows and `left`
/// columns are read before the first; outputs [out_height][out_width][filters].
struct Conv3x3Shape {
  int height, width, channels;
  int top, left;
  int out_height, out_width, filters;
};

/// Whether the transforms cost less than they save.
bool conv3x3_pays(const Conv3x3Shape&);

/// Floats of scratch, enough for any of the three.
std::size_t conv3x3_scratch(const Conv3x3Shape&);

/// Overwrites y with the sums and the bias, which may be empty. A picture's answer does not depend
/// on the pictures beside it.
void conv3x3(const Conv3x3Shape&, int images, std::span<const float> x, std::span<const float> w,
             std::span<const float> bias, std::span<float> y, std::span<float> scratch);

/// Overwrites dw with the sum over the images.
void conv3x3_weight_gradient(const Conv3x3Shape&, int images, std::span<const float> x,
                             std::span<const float> dy, std::span<float> dw,
                             std::span<float> scratch);

/// Overwrites dx.
void conv3x3_input_gradient(const Conv3x3Shape&, int images, std::span<const float> w,
                            std::span<const float> dy, std::span<float> dx,
                            std::span<float> scratch);

using Conv3x3Fn = decltype(conv3x3);
using Conv3x3WeightGradientFn = decltype(conv3x3_weight_gradient);
using Conv3x3InputGradientFn = decltype(conv3x3_input_gradient);

/// The sums as they are defined.
namespace scalar {
Conv3x3Fn conv3x3;
Conv3x3WeightGradientFn conv3x3_weight_gradient;
Conv3x3InputGradientFn conv3x3_input_gradient;
}  // namespace scalar

namespace winograd {
Conv3x3Fn conv3x3;
Conv3x3WeightGradientFn conv3x3_weight_gradient;
Conv3x3InputGradientFn conv3x3_input_gradient;
}  // namespace winograd

inline constexpr Variant<Conv3x3Fn> kConv3x3Variants[] = {{"scalar", &scalar::conv3x3},
                                                          {"winograd", &winograd::conv3x3}};
inline constexpr Variant<Conv3x3WeightGradientFn> kConv3x3WeightGradientVariants[] = {
    {"scalar", &scalar::conv3x3_weight_gradient}, {"winograd", &winograd::conv3x3_weight_gradient}};
inline constexpr Variant<Conv3x3InputGradientFn> kConv3x3InputGradientVariants[] = {
    {"scalar", &scalar::conv3x3_input_gradient}, {"winograd", &winograd::conv3x3_input_gradient}};

}  // namespace ziffer::kernels
