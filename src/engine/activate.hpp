// The activation functions of layers.
#pragma once

#include <span>

#include "nn/layer.hpp"

namespace ziffer::engine {

/// y = f(y) and dy = dz in place; rows of `width` for softmax.
void activate(nn::Activation, int width, std::span<float> y);
void activation_gradient(nn::Activation, int width, std::span<const float> y, std::span<float> dy);

}  // namespace ziffer::engine
