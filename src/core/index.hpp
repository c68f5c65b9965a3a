// Sizes that Keras gives as int, as indices.
#pragma once

#include <cstddef>

namespace ziffer {

constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }

}  // namespace ziffer
