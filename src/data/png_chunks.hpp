// What stb_image does not check of a PNG file before it decodes.
#pragma once

#include <cstdint>
#include <span>

namespace ziffer::data {

struct PngChunks {
  bool complete = false;     // every chunk lies within the file, to the last one's data
  bool transparent = false;  // one colour, or some of the palette's, stands for nothing (tRNS)
};

/// Walks the chunks of a PNG file. Linear in the bytes; never fails, whatever they are. The last
/// chunk's checksum may lack.
PngChunks read_png_chunks(std::span<const std::uint8_t> bytes);

}  // namespace ziffer::data
