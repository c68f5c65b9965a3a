// PNG, JPEG and BMP files to gray pixels. The files come from strangers: sizes and memory are
// bounded.
#pragma once

#include <cstdint>
#include <span>
#include <string>
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

/// Decodes a whole file; the same bytes always give the same answer, whatever was decoded before.
/// Throws Error `picture_unsupported` (no PNG, JPEG or BMP, or a kind of them that is not read;
/// common others are named), `picture_too_large` (more than kMaxPicturePixels or 64 MB, or more
/// memory or work to unpack than any real picture takes) or `picture_invalid` (damaged, cut off).
/// Takes at most 480 MB with the file, and a few seconds in WebAssembly.
Picture decode_picture(std::span<const std::uint8_t> bytes);

/// Throws `picture_too_large` for a picture of `got`, such as "5000×6000", instead of few enough
/// pixels.
[[noreturn]] void throw_too_large(const std::string& got);

}  // namespace ziffer::data
