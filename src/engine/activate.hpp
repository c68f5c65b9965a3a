// The activation functions of layers.
#pragma once

#include <span>

#include "nn/layer.hpp"

namespace ziffer::engine {

/// Whether the slope cannot be told from the output: such a function is a step of its own, behind
/// the layer that names it, so that its input is kept.
bool slope_from_input(nn::Activation);

/// z becomes y = f(z), in place; rows of `width` for softmax.
void activate(nn::Activation, int width, std::span<float> z);
/// dy becomes dz, in place. `a` is y, or z for what takes its slope from its input.
void activation_gradient(nn::Activation, int width, std::span<const float> a, std::span<float> dy);

}  // namespace ziffer::engine
