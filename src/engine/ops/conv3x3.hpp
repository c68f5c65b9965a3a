// The convolutions of 3×3 with stride 1 that Winograd's products serve.
#pragma once

#include <memory>

#include "engine/op.hpp"
#include "nn/sequential.hpp"

namespace ziffer::engine {

/// Null where the sums themselves are cheaper, and for every other convolution.
std::unique_ptr<Op> make_conv3x3_op(const nn::Conv2D&, const nn::Layer&, nn::Activation);

}  // namespace ziffer::engine
