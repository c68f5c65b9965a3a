// UpSampling2D with what lies between neighbouring pixels. Private to the engine.
#pragma once

#include <memory>

#include "engine/op.hpp"
#include "nn/sequential.hpp"

namespace ziffer::engine {

std::unique_ptr<Op> make_bilinear(const nn::Layer& layer);

}  // namespace ziffer::engine
