// BMP files: Windows' of all versions and OS/2's, 1 to 32 bits a pixel, with palettes, masks and
// run-length coding, from below or from above. stb_image knows only some of them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ziffer::data {

/// A decoded BMP: [height][width][2], luminance and opacity, row by row from the top. What a
/// run-length coded file leaves out has no opacity.
struct BmpPixels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> levels;
};

/// Decodes a whole file that begins with "BM". Linear in bytes and pixels. Throws Error
/// `picture_too_large` (more than kMaxPicturePixels), `picture_unsupported` (a JPEG or PNG within,
/// OS/2's own compressions, other depths) or `picture_invalid` (damaged, cut off).
BmpPixels decode_bmp(std::span<const std::uint8_t> bytes);

}  // namespace ziffer::data
