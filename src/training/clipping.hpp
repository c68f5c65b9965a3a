// Keras's bounds of a gradient.
#pragma once

#include <span>

#include "training/optimizer_step.hpp"

namespace ziffer::training {

/// Clips the gradient of each tensor in place, as the first setting of clipnorm, global_clipnorm
/// and clipvalue that is not 0 says.
void clip(const OptimizerCommon&, std::span<float> gradient, std::span<const Range> tensors);

}  // namespace ziffer::training
