#pragma once

#include <algorithm>
#include <numeric>

#include "nn/layer.hpp"

namespace ziffer::nn {

/// The axes in another order; they are counted from 1, since the batch's is 0.
struct Permute {
  static constexpr const char* kClass = "Permute";
  std::vector<int> dims = {};

  static constexpr void fields(auto& self, auto& v) { v.wholes("dims", self.dims); }

  Shaped shape(const Incoming& in) const {
    std::vector<int> axes(in.shape.rank());
    std::iota(axes.begin(), axes.end(), 1);
    if (!std::ranges::is_permutation(dims, axes)) {
      throw Error("shape_mismatch",
                  {in.layer, ": expected dims to name each axis of ", in.shape.text(),
                   " once, counted from 1, got ", Shape(dims).text(), "."});
    }
    for (int& axis : axes) axis = in.shape[static_cast<std::size_t>(dims[at_axis(axis)]) - 1];
    return {Shape(std::move(axes))};
  }

 private:
  static std::size_t at_axis(int axis) { return static_cast<std::size_t>(axis) - 1; }
};

}  // namespace ziffer::nn
