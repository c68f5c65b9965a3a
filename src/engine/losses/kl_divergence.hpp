#pragma once

#include "engine/losses/outputs.hpp"

namespace ziffer::engine {

/// Keras's Kullback-Leibler divergence of one-hot labels from the outputs.
struct KLDivergence {
  static constexpr const char* kName = "kl_divergence";

  static constexpr void fields(auto&, auto&) {}

  kernels::LossSum operator()(const Outputs& o) const {
    return of_probabilities(o, kernels::kl_divergence);
  }
};

}  // namespace ziffer::engine
