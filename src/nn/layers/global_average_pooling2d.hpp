#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// The mean of each channel over the whole image: [h, w, c] → [c].
struct GlobalAveragePooling2D {
  static constexpr const char* kClass = "GlobalAveragePooling2D";

  static void fields(auto&, auto&) {}

  /// The image as one window; of what is no image any, since `pooled` refuses it.
  static Extent window(const Shape& image) {
    return image.rank() == 3 ? Extent{image[0], image[1]} : Extent{};
  }

  Shaped shape(const Incoming& in) const {
    Shaped out = pooled(in, window(in.shape), {1, 1}, Padding::valid);
    out.output = Shape{in.channels()};
    return out;
  }
};

}  // namespace ziffer::nn
