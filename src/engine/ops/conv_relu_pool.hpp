// Convolution, ReLU and 2×2 max-pooling in one operation.
#pragma once

#include <memory>

#include "engine/op.hpp"
#include "nn/sequential.hpp"

namespace ziffer::engine {

/// Whether the two layers are such a pair.
bool fuses(const nn::Layer& convolution, const nn::Layer& pooling);
std::unique_ptr<Op> make_fused_op(const nn::Layer& convolution, const nn::Layer& pooling);

}  // namespace ziffer::engine
