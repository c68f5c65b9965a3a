#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// y = min(x, max_value) above the threshold, negative_slope · (x − threshold) elsewhere.
struct ReLU {
  static constexpr const char* kClass = "ReLU";
  static constexpr std::array kLater{"max_value", "negative_slope", "threshold"};
  float max_value = static_cast<float>(kNoLimit);
  float negative_slope = 0;
  float threshold = 0;

  static constexpr void fields(auto& self, auto& v) {
    v.limit("max_value", self.max_value,
            {0, kNoLimit, "a max_value of at least 0", "a negative one"});
    v.number("negative_slope", self.negative_slope,
             {0, kNoLimit, "a negative_slope of at least 0", "a negative one"});
    v.number("threshold", self.threshold,
             {0, kNoLimit, "a threshold of at least 0", "a negative one"});
  }

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
