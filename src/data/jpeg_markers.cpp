#include "data/jpeg_markers.hpp"

#include <algorithm>
#include <array>

namespace ziffer::data {
namespace {

using Bytes = std::span<const std::uint8_t>;

std::uint32_t number(Bytes bytes, std::size_t at, std::size_t size, bool big_endian) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8 | bytes[big_endian ? at + i : at + size - 1 - i];
  }
  return value;
}

/// Tag 0x0112 of the first directory of a TIFF block (TIFF 6.0, EXIF 2.3); 1 unless it is well-formed.
int tiff_orientation(Bytes tiff) {
  if (tiff.size() < 8) return 1;
  const bool big = tiff[0] == 'M' && tiff[1] == 'M';
  if (!big && !(tiff[0] == 'I' && tiff[1] == 'I')) return 1;
  const std::size_t directory = number(tiff, 4, 4, big);
  if (directory > tiff.size() || tiff.size() - directory < 2) return 1;
  const std::size_t entries = number(tiff, directory, 2, big);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (entry + 12 > tiff.size()) return 1;
    if (number(tiff, entry, 2, big) != 0x0112) continue;
    const std::uint32_t value = number(tiff, entry + 8, 2, big);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

bool ends_after(Bytes bytes, std::size_t start) {
  constexpr std::array<std::uint8_t, 2> kEndOfImage{0xFF, 0xD9};
  return std::search(bytes.begin() + static_cast<std::ptrdiff_t>(start), bytes.end(),
                     kEndOfImage.begin(), kEndOfImage.end()) != bytes.end();
}

}  // namespace

JpegMarkers read_jpeg_markers(Bytes bytes) {
  constexpr std::array<std::uint8_t, 6> kExif{'E', 'x', 'i', 'f', 0, 0};
  JpegMarkers found;
  std::size_t at = 2;  // past the start-of-image marker
  while (at + 4 <= bytes.size() && bytes[at] == 0xFF) {
    const std::uint8_t marker = bytes[at + 1];
    if (marker == 0xFF) {  // a fill byte
      ++at;
      continue;
    }
    const std::size_t length = number(bytes, at + 2, 2, true);
    const std::size_t end = at + 2 + length;
    if (length < 2 || end > bytes.size()) return found;
    if (marker == 0xDA) {  // start of scan: the compressed data follow
      found.complete = ends_after(bytes, end);
      return found;
    }
    const Bytes body = bytes.subspan(at + 4, length - 2);
    if (marker == 0xE1 && body.size() >= kExif.size() &&
        std::equal(kExif.begin(), kExif.end(), body.begin())) {
      found.orientation = tiff_orientation(body.subspan(kExif.size()));
    }
    at = end;
  }
  return found;
}

}  // namespace ziffer::data
