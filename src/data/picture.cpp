#include "data/picture.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "data/jpeg_markers.hpp"
#include "data/stb_image.hpp"

namespace ziffer::data {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kMaxFileBytes = 64'000'000;

bool has(Bytes bytes, std::size_t at, std::string_view text) {
  return bytes.size() >= at + text.size() &&
         std::memcmp(bytes.data() + at, text.data(), text.size()) == 0;
}

bool is_jpeg(Bytes bytes) { return has(bytes, 0, "\xFF\xD8\xFF"); }

/// What a file is that we do not read, for the error's text.
std::string foreign_format(Bytes bytes) {
  if (has(bytes, 0, "GIF8")) return "a GIF";
  if (has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP")) return "a WebP picture";
  if (has(bytes, 4, "ftypavif")) return "an AVIF picture";
  if (has(bytes, 4, "ftyp")) return "an HEIC picture or a film";
  if (has(bytes, 0, "II*") || has(bytes, 0, std::string_view("MM\0*", 4))) return "a TIFF";
  if (has(bytes, 0, "%PDF")) return "a PDF";
  if (has(bytes, 0, "<")) return "SVG, HTML or XML";
  return bytes.empty() ? "nothing (0 bytes)" : "another kind of file";
}

void check_format(Bytes bytes) {
  if (has(bytes, 0, "\x89PNG") || is_jpeg(bytes) || has(bytes, 0, "BM")) return;
  throw Error("picture_unsupported", "picture: expected a PNG, JPEG or BMP file, got " +
                                         foreign_format(bytes) +
                                         ". Save it as PNG or JPEG and try again.");
}

[[noreturn]] void throw_too_large(const std::string& got) {
  throw Error("picture_too_large", "picture: expected at most 25 million pixels, got " + got +
                                       ". Crop it to the digit or scale it down.");
}

[[noreturn]] void throw_invalid() {
  const char* reason = stbi_failure_reason();
  if (reason != nullptr && std::string_view(reason) == "too large") throw_too_large("more");
  if (reason != nullptr && std::string_view(reason) == "outofmem") {
    throw_too_large("one that needs too much memory to unpack");
  }
  throw Error("picture_invalid", std::string("picture: the file is damaged (") +
                                     (reason != nullptr ? reason : "unknown") +
                                     "). Save it again as PNG or JPEG.");
}

/// Whether a BMP file has all its rows; stb_image would read what is missing as zeros. The last
/// row's padding may lack.
bool is_bmp_complete(Bytes bytes, int width, int height) {
  const auto number = [&](std::size_t at, int size) {
    std::uint64_t value = 0;
    for (int i = size - 1; i >= 0; --i)
      value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
    return value;
  };
  if (bytes.size() < 30) return false;
  const bool old = number(14, 4) == 12;  // OS/2's short header
  const std::uint64_t bits = number(old ? 24 : 28, 2);
  const std::uint64_t row = (static_cast<std::uint64_t>(width) * bits + 31) / 32 * 4;
  return number(10, 4) + row * static_cast<std::uint64_t>(height) <= bytes.size() + 3;
}

/// Lays gray or coloured pixels with opacity (`channels` 2 or 4, opacity last) over paper of one
/// level.
std::vector<std::uint8_t> composite(const std::uint8_t* pixels, std::size_t count, int channels,
                                    int paper) {
  std::vector<std::uint8_t> gray(count);
  for (std::size_t i = 0; i < count; ++i, pixels += channels) {
    // The weights are stb_image's own (Rec. 601, of 256), so that opaque pictures read alike with
    // and without opacity.
    const int level =
        channels == 2 ? pixels[0] : (77 * pixels[0] + 150 * pixels[1] + 29 * pixels[2]) >> 8;
    const int alpha = pixels[channels - 1];
    gray[i] = static_cast<std::uint8_t>((level * alpha + paper * (255 - alpha) + 127) / 255);
  }
  return gray;
}

/// Whether any ink can stand out: levels that differ by more than a lossy file's noise.
bool has_contrast(const std::vector<std::uint8_t>& gray) {
  const auto [low, high] = std::minmax_element(gray.begin(), gray.end());
  return *high - *low >= 16;
}

/// The orientation of a JPEG file that stb_image can be trusted with.
int checked_orientation(Bytes bytes) {
  const JpegMarkers markers = read_jpeg_markers(bytes);
  if (!markers.complete) {  // stb_image would fill what is missing with gray
    throw Error("picture_invalid", "picture: the JPEG file is cut off. Save or send it again.");
  }
  if (!markers.sound) {
    throw Error(
        "picture_invalid",
        "picture: the JPEG file is damaged (its code tables). Save it again as PNG or JPEG.");
  }
  return markers.orientation;
}

/// Undoes EXIF's orientation: bit 2 of (orientation - 1) swaps the axes, the others mirror.
Picture upright(Picture picture, int orientation) {
  if (orientation == 1) return picture;
  const bool swapped = orientation >= 5;
  const bool mirror_x =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool mirror_y =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  Picture turned;
  turned.width = swapped ? picture.height : picture.width;
  turned.height = swapped ? picture.width : picture.height;
  turned.gray.resize(picture.gray.size());
  for (int y = 0; y < turned.height; ++y) {
    for (int x = 0; x < turned.width; ++x) {
      const int u = swapped ? y : x;
      const int v = swapped ? x : y;
      const int from_x = mirror_x ? picture.width - 1 - u : u;
      const int from_y = mirror_y ? picture.height - 1 - v : v;
      turned.gray[static_cast<std::size_t>(y) * turned.width + x] =
          picture.gray[static_cast<std::size_t>(from_y) * picture.width + from_x];
    }
  }
  return turned;
}

}  // namespace

Picture decode_picture(Bytes bytes) {
  check_format(bytes);
  if (bytes.size() > kMaxFileBytes) {
    throw_too_large("a file of " + std::to_string(bytes.size() / 1'000'000) + " MB");
  }
  const int orientation = is_jpeg(bytes) ? checked_orientation(bytes) : 1;
  const int length = static_cast<int>(bytes.size());
  int width = 0;
  int height = 0;
  int channels = 0;
  if (stbi_info_from_memory(bytes.data(), length, &width, &height, &channels) == 0) {
    // Only loading says why: it fails at the same place.
    stbi_image_free(stbi_load_from_memory(bytes.data(), length, &width, &height, &channels, 1));
    throw_invalid();
  }
  if (width <= 0 || height <= 0) throw_invalid();
  if (std::int64_t{width} * height > kMaxPicturePixels) {
    throw_too_large(std::to_string(width) + "×" + std::to_string(height));
  }
  if (has(bytes, 0, "BM") && !is_bmp_complete(bytes, width, height)) {
    throw Error("picture_invalid", "picture: the BMP file is cut off. Save or send it again.");
  }
  // Gray is asked for directly: of a JPEG file that is its own luminance, with no colour to
  // convert.
  const int wanted = channels == 2 || channels == 4 ? channels : 1;
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(bytes.data(), length, &width, &height, &channels, wanted),
      &stbi_image_free);
  if (pixels == nullptr) throw_invalid();

  Picture picture{.width = width, .height = height, .gray = {}};
  const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  if (wanted == 1) {
    picture.gray.assign(pixels.get(), pixels.get() + count);
  } else {
    picture.gray = composite(pixels.get(), count, wanted, 255);
    if (!has_contrast(picture.gray)) picture.gray = composite(pixels.get(), count, wanted, 0);
  }
  return upright(std::move(picture), orientation);
}

}  // namespace ziffer::data
