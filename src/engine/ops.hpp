// The makers behind make_op, one a kind of operation. Private to the engine.
#pragma once

#include <memory>

#include "engine/op.hpp"

namespace ziffer::engine {

std::unique_ptr<Op> make_dense(const nn::Layer&, nn::Activation);
std::unique_ptr<Op> make_activation(const nn::Layer&, nn::Activation);
std::unique_ptr<Op> make_dropout(const nn::Layer&, float rate);
std::unique_ptr<Op> make_rescaling(const nn::Layer&, const nn::Rescaling&);
std::unique_ptr<Op> make_normalization(const nn::Layer&, const nn::BatchNormalization&);
std::unique_ptr<Op> make_convolution(const nn::Layer&, const nn::Conv2D&, nn::Activation);
std::unique_ptr<Op> make_max_pooling(const nn::Layer&, const nn::MaxPooling2D&);
std::unique_ptr<Op> make_average_pooling(const nn::Layer&, const nn::AveragePooling2D&);

}  // namespace ziffer::engine
