// Colour to gray.
#pragma once

#include <cstdint>

namespace ziffer::data {

/// The weights are stb_image's own (Rec. 601, of 256), so that every file's colours read alike.
inline std::uint8_t luminance(int red, int green, int blue) {
  return static_cast<std::uint8_t>((77 * red + 150 * green + 29 * blue) >> 8);
}

}  // namespace ziffer::data
