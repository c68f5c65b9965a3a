// The words of a configuration's enumerations.
#pragma once

#include <cstddef>

namespace ziffer {

/// Keras's words for the values of an enumeration, in their order: `list`, and `kind`, what a
/// setting of it is called. Each enumeration specialises it.
template <class Enum>
struct Words;

template <class Enum>
constexpr const char* word(Enum value) {
  return Words<Enum>::list[static_cast<std::size_t>(value)];
}

}  // namespace ziffer
