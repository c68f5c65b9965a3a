// The layers that take several others: Add, Concatenate and their like.
#pragma once

#include <memory>

#include "engine/op.hpp"
#include "nn/sequential.hpp"

namespace ziffer::engine {

/// None where the layer takes one input.
std::unique_ptr<Join> make_join(const nn::Layer&);

}  // namespace ziffer::engine
