#include "data/picture.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "data/bmp.hpp"
#include "data/jpeg_markers.hpp"
#include "data/luminance.hpp"
#include "data/png_chunks.hpp"
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
  if (has(bytes, 0, "\x89PNG\r\n\x1A\n") || is_jpeg(bytes) || has(bytes, 0, "BM")) return;
  throw Error("picture_unsupported",
              {"picture: expected a PNG, JPEG or BMP file, got ", foreign_format(bytes),
               ". Save it as PNG or JPEG and try again."});
}

/// Lays gray or coloured pixels with opacity (`channels` 2 or 4, opacity last) over paper of one
/// level.
std::vector<std::uint8_t> composite(const std::uint8_t* pixels, std::size_t count, int channels,
                                    int paper) {
  std::vector<std::uint8_t> gray(count);
  for (std::size_t i = 0; i < count; ++i, pixels += channels) {
    const int level = channels == 2 ? pixels[0] : luminance(pixels[0], pixels[1], pixels[2]);
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

/// Refuses what stb_image must not see. Returns the orientation.
int check_jpeg(Bytes bytes) {
  const JpegMarkers markers = read_jpeg_markers(bytes);
  if (!markers.readable) {
    throw Error("picture_unsupported",
                "picture: expected a baseline or progressive JPEG file of 8 bits, got one of "
                "another kind. Save it as PNG or as a plain JPEG and try again.");
  }
  if (!markers.fault.empty()) {
    throw Error("picture_invalid", {"picture: the JPEG file is damaged (", markers.fault,
                                    "). Save or send it again."});
  }
  if (!markers.bounded) {
    throw Error("picture_too_large",
                "picture: the JPEG file has more scans than any camera's. Save it as PNG or as a "
                "plain JPEG and try again.");
  }
  return markers.orientation;
}

/// Refuses what stb_image must not see. Returns whether there is opacity that it tells nothing of.
bool check_png(Bytes bytes) {
  const PngChunks chunks = read_png_chunks(bytes);
  if (!chunks.complete) {
    throw Error("picture_invalid", "picture: the PNG file is cut off. Save or send it again.");
  }
  return chunks.transparent;
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

/// Opacity laid over white, or over black where white ink on nothing would vanish.
Picture laid_over_paper(int width, int height, const std::vector<std::uint8_t>& pixels,
                        int channels) {
  const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  Picture picture{.width = width, .height = height, .gray = {}};
  picture.gray = composite(pixels.data(), count, channels, 255);
  if (!has_contrast(picture.gray)) picture.gray = composite(pixels.data(), count, channels, 0);
  return picture;
}

Picture decode_bmp_picture(Bytes bytes) {
  const BmpPixels bmp = decode_bmp(bytes);
  return laid_over_paper(bmp.width, bmp.height, bmp.levels, 2);
}

Picture decode_with_stb(Bytes bytes, bool transparent) {
  const StbSize size = stb_size(bytes);
  if (std::int64_t{size.width} * size.height > kMaxPicturePixels) {
    throw_too_large(std::to_string(size.width) + "×" + std::to_string(size.height));
  }
  if (size.channels == 2 || size.channels == 4 || transparent) {
    const int channels = size.channels <= 2 ? 2 : 4;
    return laid_over_paper(size.width, size.height, stb_pixels(bytes, channels), channels);
  }
  // Gray is asked for directly: of a JPEG file that is its own luminance, with no colour to
  // convert.
  return {.width = size.width, .height = size.height, .gray = stb_pixels(bytes, 1)};
}

}  // namespace

void throw_too_large(const std::string& got) {
  throw Error("picture_too_large", {"picture: expected at most 25 million pixels, got ", got,
                                    ". Crop it to what is drawn or scale it down."});
}

Picture decode_picture(Bytes bytes) {
  check_format(bytes);
  if (bytes.size() > kMaxFileBytes) {
    throw_too_large("a file of " + std::to_string(bytes.size() / 1'000'000) + " MB");
  }
  if (has(bytes, 0, "BM")) return decode_bmp_picture(bytes);
  if (is_jpeg(bytes)) {
    const int orientation = check_jpeg(bytes);
    return upright(decode_with_stb(bytes, false), orientation);
  }
  return decode_with_stb(bytes, check_png(bytes));
}

}  // namespace ziffer::data
