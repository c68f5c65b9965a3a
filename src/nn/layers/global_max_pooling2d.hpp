#pragma once

#include "nn/window.hpp"

namespace ziffer::nn {

/// The largest number of each channel of the whole image: [h, w, c] → [c], or [1, 1, c].
struct GlobalMaxPooling2D {
  static constexpr const char* kClass = "GlobalMaxPooling2D";
  bool keepdims = false;

  static constexpr void fields(auto& self, auto& v) { v.flag("keepdims", self.keepdims); }

  Shaped shape(const Incoming& in) const { return pooled_whole(in, keepdims); }
};

}  // namespace ziffer::nn
