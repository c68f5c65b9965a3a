// Valid convolution with stride 1, bias, ReLU and 2×2 max-pooling with stride 2 as one operation,
// and its gradients.
//
// The unpooled activations are never stored: forward keeps which corner of each 2×2 window won, and
// the gradients go back through those places only. What the pool does not read (the last odd row
// and column) is not computed. Pictures are NHWC, weights HWIO: x [n][h][w][c] · w [kh][kw][c][k] ·
// y, argmax [n][ph][pw][k].
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/sizes.hpp"
#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// One picture [height][width][channels] and the kernel
/// [kernel_height][kernel_width][channels][filters].
struct ConvPoolShape {
  int height, width, channels, kernel_height, kernel_width, filters;

  int out_height() const { return height - kernel_height + 1; }
  int out_width() const { return width - kernel_width + 1; }
  int pooled_height() const { return out_height() / 2; }
  int pooled_width() const { return out_width() / 2; }

  std::size_t input_size() const { return size_of(height, width, channels); }
  std::size_t pooled_size() const { return size_of(pooled_height(), pooled_width(), filters); }
  /// Floats of a kernel row over all channels: in NHWC they lie side by side under one kernel
  /// position.
  int row_taps() const { return kernel_width * channels; }
  /// Weights of one filter.
  int taps() const { return kernel_height * row_taps(); }
  std::size_t weight_size() const { return size_of(taps(), filters); }
};

/// In argmax: ReLU made this output zero (its largest sum was ≤ 0), so no gradient passes.
inline constexpr std::uint8_t kDead = 255;

/// Floats of scratch, enough for any of the three operations and any variant.
std::size_t conv_relu_pool_scratch(const ConvPoolShape&);

/// Overwrites y, and argmax with the winning corner: 0–3 row by row, the first on ties, or kDead.
/// argmax may be empty (evaluation): then nothing is kept. A picture's answer does not depend on
/// the pictures beside it.
void conv_relu_pool(const ConvPoolShape&, int images, std::span<const float> x,
                    std::span<const float> w, std::span<const float> bias, std::span<float> y,
                    std::span<std::uint8_t> argmax, std::span<float> scratch);

/// Overwrites dw and dbias with the sums over the images; dy is the gradient of y.
void conv_relu_pool_weight_gradient(const ConvPoolShape&, int images, std::span<const float> x,
                                    std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                    std::span<float> dw, std::span<float> dbias,
                                    std::span<float> scratch);

/// Overwrites dx.
void conv_relu_pool_input_gradient(const ConvPoolShape&, int images, std::span<const float> w,
                                   std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                   std::span<float> dx, std::span<float> scratch);

using ConvPoolFn = decltype(conv_relu_pool);
using ConvPoolWeightGradientFn = decltype(conv_relu_pool_weight_gradient);
using ConvPoolInputGradientFn = decltype(conv_relu_pool_input_gradient);

/// A variant that serves only some shapes says which.
template <class Function>
struct ConvPoolVariant : Variant<Function> {
  bool (*serves)(const ConvPoolShape&);
};

namespace scalar {
ConvPoolFn conv_relu_pool;
ConvPoolWeightGradientFn conv_relu_pool_weight_gradient;
ConvPoolInputGradientFn conv_relu_pool_input_gradient;
}  // namespace scalar

namespace direct {
ConvPoolFn conv_relu_pool;
std::size_t scratch(const ConvPoolShape&);
}  // namespace direct

/// 3×3 kernels by Winograd's F(2×2, 3×3); sums differ from the direct ones by rounding.
namespace winograd {
ConvPoolFn conv_relu_pool;
bool serves(const ConvPoolShape&);
std::size_t scratch(const ConvPoolShape&);
}  // namespace winograd

/// 3×3 kernels over one channel, computed where there is ink.
namespace picture {
ConvPoolFn conv_relu_pool;
ConvPoolWeightGradientFn conv_relu_pool_weight_gradient;
bool serves(const ConvPoolShape&);
bool gradient_serves(const ConvPoolShape&);
std::size_t scratch(const ConvPoolShape&);
std::size_t weight_gradient_scratch(const ConvPoolShape&);
}  // namespace picture

/// Gradients that visit only the outputs which are alive.
namespace sparse {
ConvPoolWeightGradientFn conv_relu_pool_weight_gradient;
ConvPoolInputGradientFn conv_relu_pool_input_gradient;
std::size_t weight_gradient_scratch(const ConvPoolShape&);
std::size_t input_gradient_scratch(const ConvPoolShape&);
}  // namespace sparse

inline bool any_shape(const ConvPoolShape&) { return true; }

inline constexpr ConvPoolVariant<ConvPoolFn> kConvPoolVariants[] = {
    {{"scalar", &scalar::conv_relu_pool}, &any_shape},
    {{"direct", &direct::conv_relu_pool}, &any_shape},
    {{"winograd", &winograd::conv_relu_pool}, &winograd::serves},
    {{"picture", &picture::conv_relu_pool}, &picture::serves},
};
inline constexpr ConvPoolVariant<ConvPoolWeightGradientFn> kConvPoolWeightGradientVariants[] = {
    {{"scalar", &scalar::conv_relu_pool_weight_gradient}, &any_shape},
    {{"sparse", &sparse::conv_relu_pool_weight_gradient}, &any_shape},
    {{"picture", &picture::conv_relu_pool_weight_gradient}, &picture::gradient_serves},
};
inline constexpr ConvPoolVariant<ConvPoolInputGradientFn> kConvPoolInputGradientVariants[] = {
    {{"scalar", &scalar::conv_relu_pool_input_gradient}, &any_shape},
    {{"sparse", &sparse::conv_relu_pool_input_gradient}, &any_shape},
};

}  // namespace ziffer::kernels
