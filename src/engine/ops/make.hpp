// How the operation of a layer is made. Private to the engine.
#pragma once

#include <memory>

#include "engine/op.hpp"
#include "nn/sequential.hpp"

namespace ziffer::engine {

/// `settings` is the layer's own kind. Each source of this folder specialises it for the layers
/// that it computes; a layer that nobody computes does not link. `activation` stands for the
/// layer's own, since the Program computes a last softmax together with the loss.
template <class L>
std::unique_ptr<Op> make(const L& settings, const nn::Layer& layer, nn::Activation activation);

/// The activation of a layer as an operation of its own.
std::unique_ptr<Op> make_activation(const nn::Layer& layer, nn::Activation activation);

}  // namespace ziffer::engine
