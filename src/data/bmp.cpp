#include "data/bmp.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "data/luminance.hpp"
#include "data/picture.hpp"

namespace ziffer::data {
namespace {

using Bytes = std::span<const std::uint8_t>;

enum Compression : std::uint32_t { kNone = 0, kRle8 = 1, kRle4 = 2, kMasks = 3, kAlphaMasks = 6 };

[[noreturn]] void throw_invalid(const std::string& fault) {
  throw Error("picture_invalid", {"picture: the BMP file is ", fault, ". Save or send it again."});
}

[[noreturn]] void throw_unsupported(const std::string& got) {
  throw Error("picture_unsupported",
              {"picture: expected a BMP file of 1 to 32 bits a pixel, plain or run-length coded, "
               "got one ",
               got, ". Save it as PNG or JPEG and try again."});
}

std::uint32_t number(Bytes bytes, std::size_t at, std::size_t size) {
  if (at + size > bytes.size()) throw_invalid("cut off");
  std::uint32_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

struct Level {
  std::uint8_t luminance = 0;
  std::uint8_t opacity = 0;
};

/// One colour's bits in a pixel, brought to 0 … 255.
struct Mask {
  std::uint32_t bits = 0;
  std::uint8_t operator()(std::uint32_t pixel, std::uint8_t absent) const {
    if (bits == 0) return absent;
    const int shift = std::countr_zero(bits);
    const std::uint64_t most = bits >> shift;
    return static_cast<std::uint8_t>((((pixel & bits) >> shift) * std::uint64_t{255} + most / 2) /
                                     most);
  }
};

struct Header {
  int width = 0, height = 0;
  bool from_above = false;
  std::uint32_t bits = 0, compression = kNone;
  std::size_t pixels = 0;            // where in the file they begin
  std::array<Mask, 4> masks{};       // red, green, blue, opacity
  std::array<Level, 256> palette{};  // black where the file names none
  bool run_length() const { return compression == kRle8 || compression == kRle4; }
};

void check_kind(const Header& header, std::size_t size) {
  const std::uint32_t bits = header.bits;
  const bool depth =
      bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
  if (!depth) throw_unsupported("of " + std::to_string(bits) + " bits");
  const std::uint32_t kind = header.compression;
  const bool os2 = size > 12 && size != 40 && size < 108 && size != 52 && size != 56;
  const bool masked = (kind == kMasks || kind == kAlphaMasks) && !os2 && bits >= 16 && bits != 24;
  const bool coded = (kind == kRle8 && bits == 8) || (kind == kRle4 && bits == 4);
  if (kind != kNone && !masked && !coded) {
    throw_unsupported("with compression " + std::to_string(kind) + " at " + std::to_string(bits) +
                      " bits");
  }
}

void check_size(std::int64_t width, std::int64_t height) {
  if (width <= 0 || height <= 0) throw_invalid("damaged (its size)");
  if (width > kMaxPicturePixels || height > kMaxPicturePixels ||
      width * height > kMaxPicturePixels) {
    throw_too_large(std::to_string(width) + "×" + std::to_string(height));
  }
}

void read_masks(Bytes bytes, std::size_t size, Header& header) {
  if (header.bits == 16) header.masks = {{{0x7C00}, {0x03E0}, {0x001F}, {0}}};
  if (header.bits >= 24) header.masks = {{{0xFF0000}, {0xFF00}, {0xFF}, {0}}};
  if (header.bits == 32) header.masks[3] = {0xFF000000};
  if (header.compression != kMasks && header.compression != kAlphaMasks) return;
  const bool opacity = size >= 56 || header.compression == kAlphaMasks;
  for (std::size_t i = 0; i < 4; ++i) {
    header.masks[i].bits = i < 3 || opacity ? number(bytes, 54 + 4 * i, 4) : 0;
  }
}

/// `end`: of the header, where the palette begins.
void read_palette(Bytes bytes, std::size_t end, std::size_t entry, std::uint32_t used,
                  Header& header) {
  header.palette.fill({.luminance = 0, .opacity = 255});
  const std::uint32_t most = 1U << header.bits;
  const std::uint32_t count = used == 0 || used > most ? most : used;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = end + entry * i;
    if (at + entry > std::min(header.pixels, bytes.size())) break;
    header.palette[i].luminance = luminance(bytes[at + 2], bytes[at + 1], bytes[at]);
  }
}

Header read_header(Bytes bytes) {
  Header header;
  const std::size_t size = number(bytes, 14, 4);
  const bool old = size == 12;  // OS/2's short one
  if (!old && (size < 16 || size > 4096)) throw_invalid("damaged (its header)");
  if (14 + size > bytes.size()) throw_invalid("cut off");
  const std::int64_t width =
      old ? std::int64_t{number(bytes, 18, 2)} : static_cast<std::int32_t>(number(bytes, 18, 4));
  const std::int64_t height =
      old ? std::int64_t{number(bytes, 20, 2)} : static_cast<std::int32_t>(number(bytes, 22, 4));
  check_size(width, height < 0 ? -height : height);
  header.width = static_cast<int>(width);
  header.height = static_cast<int>(height < 0 ? -height : height);
  header.from_above = height < 0;
  header.bits = number(bytes, old ? 24 : 28, 2);
  header.compression = size >= 20 ? number(bytes, 30, 4) : std::uint32_t{kNone};
  check_kind(header, size);
  read_masks(bytes, size, header);
  // A header of 40 bytes has its masks behind it.
  const bool masked = header.compression == kMasks || header.compression == kAlphaMasks;
  const std::size_t outside = size != 40 || !masked ? 0 : header.compression == kMasks ? 12 : 16;
  header.pixels = std::max<std::size_t>(number(bytes, 10, 4), 14 + size + outside);
  if (header.bits <= 8) {
    const std::uint32_t used = size >= 36 ? number(bytes, 46, 4) : 0;
    read_palette(bytes, 14 + size, old ? 3 : 4, used, header);
  }
  return header;
}

/// Where the pixels of one row go, `y` counted as the file does.
class Canvas {
 public:
  explicit Canvas(const Header& header) : header_(header) {
    pixels_.width = header.width;
    pixels_.height = header.height;
    pixels_.levels.resize(2 * static_cast<std::size_t>(header.width) *
                          static_cast<std::size_t>(header.height));
  }

  /// Outside of the picture nothing happens.
  void put(std::size_t x, std::size_t y, Level level) {
    const auto width = static_cast<std::size_t>(header_.width);
    const auto height = static_cast<std::size_t>(header_.height);
    if (x >= width || y >= height) return;
    const std::size_t at = 2 * ((header_.from_above ? y : height - 1 - y) * width + x);
    pixels_.levels[at] = level.luminance;
    pixels_.levels[at + 1] = level.opacity;
  }

  BmpPixels& pixels() { return pixels_; }

 private:
  const Header& header_;
  BmpPixels pixels_;
};

void read_rows(Bytes bytes, const Header& header, Canvas& canvas) {
  const auto width = static_cast<std::uint64_t>(header.width);
  const auto height = static_cast<std::uint64_t>(header.height);
  const std::uint64_t row = (width * header.bits + 31) / 32 * 4;
  // The last row's padding may lack.
  if (header.pixels + row * (height - 1) + (width * header.bits + 7) / 8 > bytes.size()) {
    throw_invalid("cut off");
  }
  for (std::size_t y = 0; y < height; ++y) {
    const Bytes line = bytes.subspan(header.pixels + y * static_cast<std::size_t>(row));
    for (std::size_t x = 0; x < width; ++x) {
      if (header.bits <= 8) {
        const std::size_t bit = x * header.bits;
        const unsigned shift = 8 - header.bits - static_cast<unsigned>(bit % 8);
        canvas.put(x, y, header.palette[line[bit / 8] >> shift & ((1U << header.bits) - 1)]);
        continue;
      }
      const std::size_t size = header.bits / 8;
      std::uint32_t pixel = 0;
      for (std::size_t i = size; i-- > 0;) pixel = pixel << 8 | line[x * size + i];
      const auto& [red, green, blue, opacity] = header.masks;
      canvas.put(x, y,
                 {.luminance = luminance(red(pixel, 0), green(pixel, 0), blue(pixel, 0)),
                  .opacity = opacity(pixel, 255)});
    }
  }
}

/// Pairs of bytes: a run and its colour, or 0 and a command. Runs that reach over the row's end are
/// cut there.
void read_runs(Bytes bytes, const Header& header, Canvas& canvas) {
  const bool nibbles = header.compression == kRle4;
  const auto width = static_cast<std::size_t>(header.width);
  const auto height = static_cast<std::size_t>(header.height);
  std::size_t at = header.pixels, x = 0, y = 0;
  const auto next = [&] {
    if (at >= bytes.size()) throw_invalid("cut off");
    return bytes[at++];
  };
  const auto draw = [&](std::uint8_t byte, std::size_t i) {
    canvas.put(x + i, y, header.palette[!nibbles ? byte : i % 2 == 0 ? byte >> 4 : byte & 15]);
  };
  while (y < height) {
    // All is drawn, but for a command to end that may lack.
    if (at >= bytes.size() && y + 1 == height && x >= width) return;
    const std::size_t count = next();
    const std::uint8_t value = next();
    if (count > 0) {
      for (std::size_t i = 0; i < std::min(count, width - x); ++i) draw(value, i);
      x = std::min(width, x + count);
    } else if (value == 0) {
      x = 0;
      ++y;
    } else if (value == 1) {
      return;
    } else if (value == 2) {
      x = std::min<std::size_t>(width, x + next());
      y += next();
    } else {  // so many pixels one by one, filled up to an even number of bytes
      std::uint8_t byte = 0;
      for (std::size_t i = 0; i < value; ++i) {
        if (!nibbles || i % 2 == 0) byte = next();
        draw(byte, i);
      }
      x = std::min(width, x + value);
      if ((nibbles ? (value + 1) / 2 : value) % 2 != 0 && at < bytes.size()) ++at;
    }
  }
}

/// Many programs leave the fourth byte 0 and mean opaque.
void make_visible(BmpPixels& pixels) {
  for (std::size_t i = 1; i < pixels.levels.size(); i += 2) {
    if (pixels.levels[i] != 0) return;
  }
  for (std::size_t i = 1; i < pixels.levels.size(); i += 2) pixels.levels[i] = 255;
}

}  // namespace

BmpPixels decode_bmp(Bytes bytes) {
  const Header header = read_header(bytes);
  Canvas canvas(header);
  if (header.run_length()) {
    read_runs(bytes, header, canvas);
  } else {
    read_rows(bytes, header, canvas);
    make_visible(canvas.pixels());
  }
  return std::move(canvas.pixels());
}

}  // namespace ziffer::data
