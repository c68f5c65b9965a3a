#pragma once

#include "engine/losses/outputs.hpp"

namespace ziffer::engine {

/// Keras's mean absolute error of the outputs to one-hot labels.
struct MeanAbsoluteError {
  static constexpr const char* kName = "mean_absolute_error";

  static constexpr void fields(auto&, auto&) {}

  kernels::LossSum operator()(const Outputs& o) const {
    return of_probabilities(o, kernels::absolute_error);
  }
};

}  // namespace ziffer::engine
