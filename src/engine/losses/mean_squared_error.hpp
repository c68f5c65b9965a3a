#pragma once

#include "engine/losses/outputs.hpp"

namespace ziffer::engine {

/// Keras's mean squared error of the outputs to one-hot labels.
struct MeanSquaredError {
  static constexpr const char* kName = "mean_squared_error";

  static constexpr void fields(auto&, auto&) {}

  kernels::LossSum operator()(const Outputs& o) const {
    return of_probabilities(o, kernels::squared_error);
  }
};

}  // namespace ziffer::engine
