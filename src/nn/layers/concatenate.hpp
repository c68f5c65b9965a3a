#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// Several inputs behind each other along one axis; all others are equal. The batch's is axis 0.
struct Concatenate {
  static constexpr const char* kClass = "Concatenate";
  static constexpr bool kJoins = true;
  int axis = -1;

  static constexpr void fields(auto& self, auto& v) { v.whole("axis", self.axis, -3, 3); }

  /// The axis without the batch's; `rank` where there is none such.
  std::size_t axis_of(std::size_t rank) const;

  Shaped shape(const Incoming&) const;
};

}  // namespace ziffer::nn
