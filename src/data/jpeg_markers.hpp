// What stb_image does not tell of a JPEG file: which way up it is, and whether its end is there.
#pragma once

#include <cstdint>
#include <span>

namespace ziffer::data {

struct JpegMarkers {
  int orientation = 1;    // EXIF's 1 to 8; 1 (upright) where there is none or it is damaged
  bool complete = false;  // an end-of-image marker follows the compressed data
};

/// Walks the segments of a JPEG file; never fails, whatever the bytes.
JpegMarkers read_jpeg_markers(std::span<const std::uint8_t> bytes);

}  // namespace ziffer::data
