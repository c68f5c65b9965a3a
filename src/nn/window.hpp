// Windows that slide over an image, as Keras resolves them.
#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// A window of a layer with its padding, for one input.
struct ResolvedWindow {
  int out_height, out_width;
  int top, left;  ///< zeros before the first row and column
};
ResolvedWindow resolve_window(const Shape& input, Extent window, Extent strides, Padding padding);

/// What is added or cut at each side of an image, in pixels.
struct Sides {
  int top, bottom, left, right;
};

/// Errors: `shape_mismatch` where the input is no image.
void require_image(const Incoming&);

/// What a window spans whose places stand so far apart.
constexpr Extent dilated(Extent window, Extent dilation) {
  return {(window.height - 1) * dilation.height + 1, (window.width - 1) * dilation.width + 1};
}

/// The output of a sliding window. Errors: `shape_mismatch` where the input is no image or nothing
/// is left of it.
Shape windowed(const Incoming&, Extent window, Extent strides, Padding padding, int channels);

/// A convolution of each channel by itself, with `multiplier` windows a channel: its output and its
/// work, no weights yet.
Shaped convolved_depthwise(const Incoming&, Extent window, Extent strides, Padding padding,
                           int multiplier, Extent dilation);

/// A pooling layer: its output, and the work of looking at each place of each window that lies in
/// the image, one by one.
Shaped pooled(const Incoming&, Extent window, Extent strides, Padding padding);

/// As of one window over the whole image: [h, w, c] → [c], or [1, 1, c].
Shaped pooled_whole(const Incoming&, bool keepdims);

}  // namespace ziffer::nn
