#pragma once

#include "nn/augmented.hpp"

namespace ziffer::nn {

/// What Keras's ImageDataGenerator does to the pictures of a fit, as a layer: active in training
/// only, it turns, shifts, shears and zooms each about its middle in one step, then mirrors it.
/// Angles are degrees; shifts below 1 are shares of the extent, others pixels, of which whole ones
/// are drawn as numbers below them.
struct ImageDataGenerator {
  static constexpr const char* kClass = "ImageDataGenerator";
  float rotation_range = 0, width_shift_range = 0, height_shift_range = 0, shear_range = 0;
  Interval zoom_range{1, 1};
  FillMode fill_mode = FillMode::nearest;
  float cval = 0;
  bool horizontal_flip = false, vertical_flip = false;
  int interpolation_order = 1;
  std::optional<std::uint64_t> seed = {};

  static constexpr void fields(auto& self, auto& v) {
    constexpr NumberRange kAngle{0, up_to(360), "an angle from 0 to 360", "a negative one",
                                 "a larger one"};
    constexpr NumberRange kShift{0, up_to(16384), "a shift from 0 to 16384", "a negative one",
                                 "a larger one"};
    constexpr NumberRange kZoom{-100, up_to(100), "zooms from -100 to 100", "a lower one",
                                "a higher one"};
    v.number("rotation_range", self.rotation_range, kAngle);
    v.number("width_shift_range", self.width_shift_range, kShift);
    v.number("height_shift_range", self.height_shift_range, kShift);
    v.number("shear_range", self.shear_range, kAngle);
    v.interval("zoom_range", self.zoom_range, kZoom);
    v.word("fill_mode", self.fill_mode);
    v.number("cval", self.cval);
    v.flag("horizontal_flip", self.horizontal_flip);
    v.flag("vertical_flip", self.vertical_flip);
    v.whole("interpolation_order", self.interpolation_order, 0, 1);
    v.seed("seed", self.seed);
  }

  Shaped shape(const Incoming& in) const { return augmented(in); }
};

}  // namespace ziffer::nn
