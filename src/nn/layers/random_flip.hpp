#pragma once

#include "nn/augmented.hpp"

namespace ziffer::nn {

/// Active in training only: mirrors every second image, drawn by chance; both ways at once where
/// both are wished.
enum class FlipMode { horizontal, vertical, horizontal_and_vertical };

struct RandomFlip {
  static constexpr const char* kClass = "RandomFlip";
  FlipMode mode = FlipMode::horizontal_and_vertical;
  std::optional<std::uint64_t> seed = {};

  static constexpr void fields(auto& self, auto& v) {
    v.word("mode", self.mode);
    v.seed("seed", self.seed);
  }

  Shaped shape(const Incoming& in) const { return augmented(in); }
};

}  // namespace ziffer::nn

namespace ziffer {

template <>
struct Words<nn::FlipMode> {
  static constexpr const char* kind = "mode";
  static constexpr std::array list{"horizontal", "vertical", "horizontal_and_vertical"};
};

}  // namespace ziffer
