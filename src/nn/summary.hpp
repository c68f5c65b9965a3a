// The table that Keras's `model.summary()` prints.
#pragma once

#include <string>

#include "nn/sequential.hpp"

namespace ziffer::nn {

/// Keras 3's table, character for character at its default width of 80 columns, with totals; lines
/// end in \n.
std::string summary(const Sequential&);

}  // namespace ziffer::nn
