// A layer's sliding window as the kernels take it.
#pragma once

#include "kernels/window.hpp"
#include "nn/sequential.hpp"
#include "nn/window.hpp"

namespace ziffer::engine {

inline kernels::WindowShape window_shape(const nn::Layer& layer, nn::Extent window,
                                         nn::Extent strides, nn::Padding padding,
                                         nn::Extent dilation = {1, 1}) {
  const nn::ResolvedWindow r =
      nn::resolve_window(layer.input, nn::dilated(window, dilation), strides, padding);
  return {layer.input[0], layer.input[1],  layer.input[2], window.height, window.width,
          strides.height, strides.width,   r.top,          r.left,        r.out_height,
          r.out_width,    dilation.height, dilation.width};
}

}  // namespace ziffer::engine
