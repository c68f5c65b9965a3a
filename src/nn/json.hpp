// A model's configuration as JSON in Keras's words, as `model.to_json()` writes it (Keras 3; Keras
// 2's forms are read too).
#pragma once

#include <string>

#include "nn/sequential.hpp"

namespace ziffer::nn {

/// Errors: `invalid_json` (not JSON, nested deeply, or over 1 MiB), `unsupported_model` (not a
/// Sequential), `unsupported_layer` (names the layer and why), `invalid_config`, and those of
/// Sequential.
Sequential sequential_from_json(const std::string& text);

std::string to_json(const Sequential&);

/// Names, classes, shapes, parameter counts and regions of every layer, for showing:
/// [{name, class_name, input_shape, output_shape, parameters, regions: [{name, shape, offset}]}].
std::string layers_json(const Sequential&);

}  // namespace ziffer::nn
