// PNG, JPEG and BMP files to gray pixels. The files come from strangers: sizes and memory are
// bounded.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace ziffer::data {

/// Gray levels, row by row from the top, 0 black to 255 white; transparency is laid over white
/// paper (over black, where white ink on nothing would vanish). Turned upright as the camera's EXIF
/// orientation says.
struct Picture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> gray;  // [height][width]
};

/// The most pixels a picture may have: a phone's 24-megapixel photograph passes.
inline constexpr int kMaxPicturePixels = 25'000'000;

/// Decodes a whole file. Throws Error `picture_unsupported` (no PNG, JPEG or BMP; common others are
/// named), `picture_too_large` (more than kMaxPicturePixels, or too much memory to unpack) or
/// `picture_invalid` (damaged, cut off).
Picture decode_picture(std::span<const std::uint8_t> bytes);

}  // namespace ziffer::data
