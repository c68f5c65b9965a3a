// The losses that there are, as their settings.
#pragma once

#include <variant>

#include "engine/losses/categorical_crossentropy.hpp"
#include "engine/losses/mean_squared_error.hpp"

namespace ziffer::engine {

/// The first is what is used where none is named.
using Loss = std::variant<CategoricalCrossentropy, MeanSquaredError>;

}  // namespace ziffer::engine
