#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

enum class Merging { add, subtract, multiply, average, maximum, minimum };

/// What several shapes give number by number: an extent of 1 stands for any other, and what has
/// fewer axes is taken for each place of those in front.
Shape merged(const Incoming&);

/// Several inputs, number by number.
template <Merging how>
struct Merge {
  static constexpr bool kJoins = true;
  static constexpr Merging kHow = how;
  static constexpr const char* kClass =
      std::array{"Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"}[int(how)];

  static constexpr void fields(auto&, auto&) {}

  Shaped shape(const Incoming& in) const {
    if (how == Merging::subtract && in.all.size() != 2) {
      throw Error("shape_mismatch",
                  in.layer + ": expected two inputs, got " + std::to_string(in.all.size()) + ".");
    }
    return {merged(in)};
  }
};

using Add = Merge<Merging::add>;
using Subtract = Merge<Merging::subtract>;
using Multiply = Merge<Merging::multiply>;
using Average = Merge<Merging::average>;
using Maximum = Merge<Merging::maximum>;
using Minimum = Merge<Merging::minimum>;

}  // namespace ziffer::nn
