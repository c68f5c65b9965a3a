// What stb_image does not check of a JPEG file before it decodes: that it is whole, that all tables
// are there and sound, and how much work its scans ask for.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace ziffer::data {

struct JpegMarkers {
  int orientation = 1;  // EXIF's 1 to 8; 1 (upright) where there is none or it is damaged
  bool readable =
      true;  // of a kind that stb_image knows: no arithmetic coding, 8 bits, not lossless
  bool bounded = true;  // its scans ask for no more work than kMaxJpegWork
  std::string fault;    // what is wrong with the file; empty if nothing is
};

/// The most work that a file's scans may ask for: the coefficients that each of them visits, and
/// eight more for each of its blocks. It is what bounds a progressive file, in which ten bytes of
/// an empty scan are a pass over all pixels. A photograph of 25 million pixels in full colour, with
/// libjpeg's usual ten scans, asks for 220 million.
inline constexpr std::uint64_t kMaxJpegWork = 320'000'000;

/// Walks the segments and scans of a JPEG file (it begins with FF D8), as a decoder would. Linear
/// in the bytes; never fails, whatever they are. A file without `fault` has, in this order for each
/// scan: its frame, its quantisation tables, its Huffman tables of at most 256 codes; every
/// component has a scan, every segment lies within the file, and an end-of-image marker follows.
JpegMarkers read_jpeg_markers(std::span<const std::uint8_t> bytes);

}  // namespace ziffer::data
