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

/// Tag 0x0112 of the first directory of a TIFF block (TIFF 6.0, EXIF 2.3); 1 unless it is
/// well-formed.
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

/// Whether the Huffman tables of a DHT segment (`body` follows its length) have at most 256 codes
/// each.
bool are_tables_sound(Bytes body) {
  while (body.size() >= 17) {
    std::size_t codes = 0;
    for (std::size_t i = 1; i <= 16; ++i) codes += body[i];
    if (codes > 256) return false;
    body = body.subspan(std::min(body.size(), 17 + codes));
  }
  return body.empty();
}

/// The body of the segment whose marker stands at `at`, cut where the file ends.
Bytes segment_body(Bytes bytes, std::size_t at) {
  if (at + 4 > bytes.size()) return {};
  const std::size_t length = std::max<std::size_t>(number(bytes, at + 2, 2, true), 2);
  return bytes.subspan(at + 4, std::min(length - 2, bytes.size() - at - 4));
}

/// Looks through the compressed data for the end and, in a progressive file, for the tables between
/// its scans. 0xFF is never followed by 0xC4 or 0xD9 there but as a marker.
void read_scans(Bytes bytes, std::size_t start, JpegMarkers& found) {
  for (std::size_t at = start; at + 1 < bytes.size(); ++at) {
    if (bytes[at] != 0xFF) continue;
    found.complete |= bytes[at + 1] == 0xD9;
    if (bytes[at + 1] == 0xC4) found.sound &= are_tables_sound(segment_body(bytes, at));
  }
}

}  // namespace

JpegMarkers read_jpeg_markers(Bytes bytes) {
  constexpr std::array<std::uint8_t, 6> kExif{'E', 'x', 'i', 'f', 0, 0};
  JpegMarkers found;
  std::size_t at = 2;  // past the start-of-image marker
  while (at + 4 <= bytes.size()) {
    const std::uint8_t marker = bytes[at + 1];
    if (bytes[at] != 0xFF || marker == 0xFF) {  // padding between segments
      ++at;
      continue;
    }
    const Bytes body = segment_body(bytes, at);
    if (marker == 0xDA) {  // start of scan: the compressed data follow
      read_scans(bytes, at + 2, found);
      return found;
    }
    if (marker == 0xC4) found.sound &= are_tables_sound(body);
    if (marker == 0xE1 && body.size() >= kExif.size() &&
        std::equal(kExif.begin(), kExif.end(), body.begin())) {
      found.orientation = tiff_orientation(body.subspan(kExif.size()));
    }
    at += 4 + body.size();
  }
  return found;
}

}  // namespace ziffer::data
