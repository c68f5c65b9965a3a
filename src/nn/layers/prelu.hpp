#pragma once

#include <algorithm>

#include "nn/layer.hpp"

namespace ziffer::nn {

/// y = x above 0, alpha · x elsewhere, with a learned alpha for each place of the input, or for all
/// places of a shared axis.
struct PReLU {
  static constexpr const char* kClass = "PReLU";
  Initializer alpha_initializer = Initializer::zeros;
  std::vector<int> shared_axes = {};  ///< counted from 1, since the batch's is 0

  static constexpr void fields(auto& self, auto& v) {
    v.word("alpha_initializer", self.alpha_initializer);
    v.wholes("shared_axes", self.shared_axes);
  }

  Shaped shape(const Incoming& in) const {
    std::vector<int> dims = in.shape.dims();
    const int rank = static_cast<int>(dims.size());
    for (const int axis : shared_axes) {
      if (axis < 1 || axis > rank || std::ranges::count(shared_axes, axis) > 1) {
        throw Error("invalid_config",
                    {in.layer, ": expected shared_axes to be axes between 1 and ",
                     std::to_string(rank), ", each once, got ", std::to_string(axis), "."});
      }
      dims[static_cast<std::size_t>(axis) - 1] = 1;
    }
    return {in.shape, {drawn_as_kernel("alpha", Shape(std::move(dims)), alpha_initializer)}};
  }
};

}  // namespace ziffer::nn
