// Convolution whose filters see a part of the channels each.
#pragma once

#include <memory>

#include "engine/op.hpp"
#include "nn/sequential.hpp"

namespace ziffer::engine {

std::unique_ptr<Op> make_grouped_op(const nn::Conv2D&, const nn::Layer&, nn::Activation);

}  // namespace ziffer::engine
