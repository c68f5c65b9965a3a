// What stb_image does not tell of a JPEG file: which way up it is, whether its end is there, and
// whether its Huffman tables are sound. Versions before 2.28, Debian 12's among them, write beyond
// their own tables if those are not.
#pragma once

#include <cstdint>
#include <span>

namespace ziffer::data {

struct JpegMarkers {
  int orientation = 1;    // EXIF's 1 to 8; 1 (upright) where there is none or it is damaged
  bool complete = false;  // an end-of-image marker follows the compressed data
  bool sound = true;      // no Huffman table has more than 256 codes
};

/// Walks the segments of a JPEG file; never fails, whatever the bytes.
JpegMarkers read_jpeg_markers(std::span<const std::uint8_t> bytes);

}  // namespace ziffer::data
