// What the layers have in common that change pictures in training, each another way, and let them
// pass otherwise.
#pragma once

#include <cstdint>
#include <optional>

#include "nn/layer.hpp"

namespace ziffer::nn {

/// What stands where a moved picture has no pixels.
enum class FillMode { constant, nearest, reflect, wrap };

/// A share of the height, the width or a whole turn.
inline constexpr NumberRange kShare{-1, up_to(1), "factors from -1 to 1", "a lower one",
                                    "a higher one"};

/// The settings that every layer has which moves pictures.
struct Moving {
  FillMode fill_mode = FillMode::reflect;
  Interpolation interpolation = Interpolation::bilinear;
  std::optional<std::uint64_t> seed = {};
  float fill_value = 0;

  static constexpr void fields(auto& self, auto& v) {
    v.word("fill_mode", self.fill_mode);
    v.word("interpolation", self.interpolation);
    v.seed("seed", self.seed);
    v.number("fill_value", self.fill_value);
  }
};

/// The shape rule. Errors: `shape_mismatch` where what comes is no image.
Shaped augmented(const Incoming&);

}  // namespace ziffer::nn

namespace ziffer {

template <>
struct Words<nn::FillMode> {
  static constexpr const char* kind = "fill_mode";
  static constexpr std::array list{"constant", "nearest", "reflect", "wrap"};
};

}  // namespace ziffer
