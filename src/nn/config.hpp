// A model's configuration as JSON in Keras's words.
#pragma once

#include <string>

#include "config/json.hpp"
#include "nn/sequential.hpp"

namespace ziffer::nn {

/// Reads what to_json writes. Files and pages say the same in many ways; what they mean is settled
/// before (web/keras), so that only this one form comes here. Errors: `invalid_json` (not JSON,
/// nested deeply, or over 1 MiB), `unsupported_model` (not a Sequential), `unsupported_layer`,
/// `invalid_config` (anything missing, out of place or not known), and those of Sequential.
Sequential sequential_from_json(const std::string& text);

/// Every setting of every layer, as `model.to_json()` of Keras 3 has them.
std::string to_json(const Sequential&);

/// What saved runs know a model by: `to_json` without the settings that a layer got later (its
/// `kLater`) where they have their defaults, so that runs of before are still known.
std::string identity(const Sequential&);

/// The layers that there are with their settings, as `listed_fields` lists them:
/// [{class_name, fields}].
Json layer_schema();

}  // namespace ziffer::nn
