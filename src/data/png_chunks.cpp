#include "data/png_chunks.hpp"

#include <cstddef>
#include <string_view>

namespace ziffer::data {

PngChunks read_png_chunks(std::span<const std::uint8_t> bytes) {
  PngChunks found;
  std::size_t at = 8;  // past the signature
  while (at + 8 <= bytes.size()) {
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length = length << 8 | bytes[at + i];
    const std::string_view name(reinterpret_cast<const char*>(bytes.data()) + at + 4, 4);
    at += 8;
    if (length > bytes.size() - at) return found;
    found.transparent |= name == "tRNS";
    found.complete = name == "IEND";
    if (found.complete || bytes.size() - at - length < 4) return found;
    at += length + 4;
  }
  return found;
}

}  // namespace ziffer::data
