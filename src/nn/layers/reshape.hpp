#pragma once

#include <algorithm>

#include "nn/layer.hpp"

namespace ziffer::nn {

/// The same numbers in another shape; one extent may be -1, which is what the others leave.
struct Reshape {
  static constexpr const char* kClass = "Reshape";
  static constexpr bool kOnlyShape = true;
  static constexpr std::size_t kMostAxes = 8;
  std::vector<int> target_shape = {};

  static constexpr void fields(auto& self, auto& v) { v.wholes("target_shape", self.target_shape); }

  Shaped shape(const Incoming& in) const {
    if (target_shape.empty() || target_shape.size() > kMostAxes ||
        std::ranges::any_of(target_shape, [](int d) { return d < -1 || d == 0; }) ||
        std::ranges::count(target_shape, -1) > 1) {
      throw Error("invalid_config",
                  {in.layer, ": expected target_shape to have 1 to 8 extents of at least 1, of ",
                   "which one may be -1, got ", Shape(target_shape).text(), "."});
    }
    std::uint64_t known = 1;
    for (const int d : target_shape) known = count_of(known, d == -1 ? 1 : d);
    const std::uint64_t size = in.shape.size();
    const bool open = std::ranges::count(target_shape, -1) == 1;
    if (open ? size % known != 0 : size != known) {
      throw Error("shape_mismatch",
                  {in.layer, ": ", in.shape.text(), " has ", std::to_string(size),
                   " numbers, which do not fit into ", Shape(target_shape).text(), "."});
    }
    std::vector<int> dims = target_shape;
    std::ranges::replace(dims, -1, static_cast<int>(size / known));
    return {Shape(std::move(dims))};
  }
};

}  // namespace ziffer::nn
