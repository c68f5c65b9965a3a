#pragma once

#include "nn/layer.hpp"

namespace ziffer::nn {

/// y = x above 0, alpha · (e^x − 1) elsewhere.
struct ELU {
  static constexpr const char* kClass = "ELU";
  float alpha = 1;

  static constexpr void fields(auto& self, auto& v) { v.number("alpha", self.alpha); }

  Shaped shape(const Incoming& in) const { return {in.shape}; }
};

}  // namespace ziffer::nn
