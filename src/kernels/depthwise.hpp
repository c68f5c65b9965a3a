// Convolution of each channel by itself. The plain loops: channels lie side by side, and compilers
// make vectors of them.
//
// Every sum takes its products place by place of the window, in row-major order, and in the order
// of the positions: a channel's numbers do not depend on the channels around it.
#pragma once

#include <span>

#include "kernels/variant.hpp"
#include "kernels/window.hpp"

namespace ziffer::kernels {

/// Windows over each channel of one image, `multiplier` of them a channel.
struct DepthwiseShape {
  WindowShape window;
  int multiplier;
  int outputs() const { return window.channels * multiplier; }
};

/// y [oh][ow][c·m] = bias + the window's products of x [h][w][c] and w [kh][kw][c][m]; what lies
/// outside is 0. The bias [c·m] may be empty. Overwrites y.
void depthwise(const DepthwiseShape&, std::span<const float> x, std::span<const float> w,
               std::span<const float> bias, std::span<float> y);

/// dx [h][w][c] += what each output's gradient gives back. The caller zeroes dx first.
void depthwise_input_gradient(const DepthwiseShape&, std::span<const float> w,
                              std::span<const float> dy, std::span<float> dx);

/// dw [kh][kw][c][m] += the products of dy and what each place saw of x. The caller zeroes dw
/// first.
void depthwise_weight_gradient(const DepthwiseShape&, std::span<const float> x,
                               std::span<const float> dy, std::span<float> dw);

using DepthwiseFn = decltype(depthwise);
using DepthwiseGradientFn = decltype(depthwise_input_gradient);

namespace scalar {
DepthwiseFn depthwise;
DepthwiseGradientFn depthwise_input_gradient, depthwise_weight_gradient;
}  // namespace scalar

inline constexpr Variant<DepthwiseFn> kDepthwiseVariants[] = {{"scalar", &scalar::depthwise}};
inline constexpr Variant<DepthwiseGradientFn> kDepthwiseInputGradientVariants[] = {
    {"scalar", &scalar::depthwise_input_gradient}};
inline constexpr Variant<DepthwiseGradientFn> kDepthwiseWeightGradientVariants[] = {
    {"scalar", &scalar::depthwise_weight_gradient}};

}  // namespace ziffer::kernels
