// The one door to stb_image, which reads PNG and JPEG here and nothing else. It is a library for
// trusted files; this door makes it fit for strangers'. Whatever it allocates is zeroed, so that
// the same file gives the same pixels, whatever was read before. Its memory and its work are
// bounded, and an assertion of its own that fails is an error like any other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace ziffer::data {

struct StbSize {
  int width = 0;
  int height = 0;
  int channels = 0;  // 1 gray, 2 gray and opacity, 3 colour, 4 colour and opacity
};

/// What the file's header claims. Errors as stb_pixels().
StbSize stb_size(std::span<const std::uint8_t> file);

/// The pixels, `channels` bytes each, row by row from the top: [height][width][channels]. Colour is
/// weighed to gray where 1 or 2 channels are asked for. Throws Error `picture_invalid` with
/// stb_image's reason, or `picture_too_large` where unpacking asks for more than
/// kMaxUnpackingBytes or more work than any real picture. At most 64 MB of file.
std::vector<std::uint8_t> stb_pixels(std::span<const std::uint8_t> file, int channels);

/// The most memory that unpacking one file may hold at a time, the file itself aside. A progressive
/// colour JPEG of 25 million pixels takes 255 MB.
inline constexpr std::size_t kMaxUnpackingBytes = 410'000'000;

}  // namespace ziffer::data
