// The losses that there are, as their settings.
#pragma once

#include <variant>

#include "engine/losses/binary_crossentropy.hpp"
#include "engine/losses/categorical_crossentropy.hpp"
#include "engine/losses/kl_divergence.hpp"
#include "engine/losses/mean_absolute_error.hpp"
#include "engine/losses/mean_squared_error.hpp"
#include "engine/losses/sparse_categorical_crossentropy.hpp"

namespace ziffer::engine {

/// The first is what is used where none is named.
using Loss = std::variant<CategoricalCrossentropy, MeanSquaredError, SparseCategoricalCrossentropy,
                          BinaryCrossentropy, MeanAbsoluteError, KLDivergence>;

}  // namespace ziffer::engine
