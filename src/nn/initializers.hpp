// Keras's initialisers.
#pragma once

#include <span>

#include "core/rng.hpp"
#include "nn/sequential.hpp"

namespace ziffer::nn {

/// Fills `values` (the parameter's size) by its initialiser. Uniform: ±√(3·s); normal: truncated at
/// two deviations with variance s, where s = scale / fan (Glorot & Bengio 2010, He et al. 2015,
/// LeCun et al. 1998).
void initialize(const Parameter&, Rng&, std::span<float> values);

}  // namespace ziffer::nn
