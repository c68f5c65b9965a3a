// Pictures changed as augmentation does: moved, turned, zoomed or sheared, and in contrast or
// brightness. Scalar: it is a small part of a training step.
#pragma once

#include <span>

namespace ziffer::kernels {

/// Of one image, [height][width][channels].
struct Picture {
  int height, width, channels;
};

/// Where a pixel of the output comes from, in pixels, x to the right and y down:
/// (xx·x + xy·y + x0, yx·x + yy·y + y0).
struct Affine {
  float xx = 1, xy = 0, x0 = 0;
  float yx = 0, yy = 1, y0 = 0;
};

/// What lies outside of a picture [abcd]: a value; aaaa[abcd]dddd; dcba[abcd]dcba; abcd[abcd]abcd.
enum class Fill { constant, nearest, reflect, wrap };

/// How a picture is read between its pixels and outside of it.
struct Sampling {
  Fill fill = Fill::reflect;
  float value = 0;  ///< of Fill::constant
  bool bilinear = true;
  /// As SciPy's ndimage does: `constant` is the value alone beyond the last pixel's centre, `wrap`
  /// repeats after one pixel less. Otherwise as TensorFlow's ImageProjectiveTransformV3: `constant`
  /// is mixed with the last pixels, `wrap` repeats the whole.
  bool scipy = false;
};

/// y[p] = x at from(p). Another picture than x.
void warp(const Picture&, const Sampling&, const Affine& from, std::span<const float> x,
          std::span<float> y);

/// dx[q] = Σ_p dy[p] · d y[p] / d x[q]. Overwrites dx.
void warp_gradient(const Picture&, const Sampling&, const Affine& from, std::span<const float> dy,
                   std::span<float> dx);

/// Values that an image can have.
struct Limits {
  float low, high;
};

/// y = (x − mean) · factor + mean with each channel's own mean, held to the limits.
void contrast(const Picture&, float factor, const Limits&, std::span<const float> x,
              std::span<float> y);
/// dx by dy; x is what contrast() was given.
void contrast_gradient(const Picture&, float factor, const Limits&, std::span<const float> x,
                       std::span<const float> dy, std::span<float> dx);

/// y = x + more, held to the limits.
void brighten(float more, const Limits&, std::span<const float> x, std::span<float> y);
void brighten_gradient(float more, const Limits&, std::span<const float> x,
                       std::span<const float> dy, std::span<float> dx);

}  // namespace ziffer::kernels
