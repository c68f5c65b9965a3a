// Any sliding window: convolution as patches times matrix, and pooling, for every size, stride and
// padding. These serve the layers that no fused kernel covers, and are what the fused kernels are
// tested against.
#pragma once

#include <cstdint>
#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// A window moving over one image [height][width][channels] with zeros (for pooling: nothing) `top`
/// and `left` of it.
struct WindowShape {
  int height, width, channels;
  int window_height, window_width;
  int stride_y, stride_x;
  int top, left;
  int out_height, out_width;
  /// From one place of the window to the next; pooling takes 1 alone.
  int dilation_y = 1, dilation_x = 1;
};

/// patches [oh·ow][kh·kw·c] of one image; what lies outside is 0.
void im2col(const WindowShape&, std::span<const float> x, std::span<float> patches);

/// The adjoint: dx [h][w][c] += every patch's entries back at their places. The caller zeroes dx
/// first.
void col2im(const WindowShape&, std::span<const float> patches, std::span<float> dx);

/// y [oh][ow][c] = the largest in the window; `where` the same shape: its offset y·kw + x in the
/// window, the first on ties.
void max_pool(const WindowShape&, std::span<const float> x, std::span<float> y,
              std::span<std::uint16_t> where);
/// dx += dy at the places of the maxima. The caller zeroes dx first.
void max_pool_gradient(const WindowShape&, std::span<const float> dy,
                       std::span<const std::uint16_t> where, std::span<float> dx);

/// y = the mean over the part of the window that lies inside the image (as TensorFlow averages
/// under `same`).
void average_pool(const WindowShape&, std::span<const float> x, std::span<float> y);
void average_pool_gradient(const WindowShape&, std::span<const float> dy, std::span<float> dx);

/// From an image to its windows, or back.
using WindowFn = decltype(im2col);
using MaxPoolFn = decltype(max_pool);
using MaxPoolGradientFn = decltype(max_pool_gradient);

namespace scalar {
WindowFn im2col, col2im, average_pool, average_pool_gradient;
MaxPoolFn max_pool;
MaxPoolGradientFn max_pool_gradient;
}  // namespace scalar

inline constexpr Variant<WindowFn> kIm2colVariants[] = {{"scalar", &scalar::im2col}};
inline constexpr Variant<WindowFn> kCol2imVariants[] = {{"scalar", &scalar::col2im}};
inline constexpr Variant<MaxPoolFn> kMaxPoolVariants[] = {{"scalar", &scalar::max_pool}};
inline constexpr Variant<MaxPoolGradientFn> kMaxPoolGradientVariants[] = {
    {"scalar", &scalar::max_pool_gradient}};
inline constexpr Variant<WindowFn> kAveragePoolVariants[] = {{"scalar", &scalar::average_pool}};
inline constexpr Variant<WindowFn> kAveragePoolGradientVariants[] = {
    {"scalar", &scalar::average_pool_gradient}};

}  // namespace ziffer::kernels
