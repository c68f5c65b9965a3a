#include "data/jpeg_markers.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace ziffer::data {
namespace {

using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kMaxScans = 500;     // as libjpeg's own fuzzers allow
constexpr std::size_t kMaxTables = 4'000;  // a real file has up to eight, and one or two a scan
// Passing over a block costs as much as visiting so many of its 64 coefficients.
constexpr std::uint64_t kBlockWork = 8;

std::uint32_t number(Bytes bytes, std::size_t at, std::size_t size, bool big_endian = true) {
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

std::uint64_t divided_up(std::uint64_t value, std::uint64_t by) { return (value + by - 1) / by; }

class Walk {
 public:
  explicit Walk(Bytes bytes) : bytes_(bytes) {}

  JpegMarkers result() {
    std::size_t at = 2;  // past the start-of-image marker
    while (found_.fault.empty() && found_.readable && found_.bounded) {
      while (at < bytes_.size() && bytes_[at] != 0xFF) ++at;  // padding between segments
      while (at < bytes_.size() && bytes_[at] == 0xFF) ++at;
      if (at >= bytes_.size()) return fail("it is cut off");
      const std::uint8_t marker = bytes_[at++];
      if (marker == 0xD9) break;
      if (at + 2 > bytes_.size()) return fail("it is cut off");
      const std::size_t length = number(bytes_, at, 2);
      if (length > bytes_.size() - at) return fail("it is cut off");
      if (length < 2) return fail("a segment without a length");
      segment(marker, bytes_.subspan(at + 2, length - 2));
      at += length;
      if (marker == 0xDA) at = end_of_scan(at);
    }
    if (found_.fault.empty() && found_.readable && found_.bounded) {
      if (parts_.empty()) return fail("no frame");
      if (std::any_of(parts_.begin(), parts_.end(), [](const Part& p) { return !p.scanned; })) {
        return fail("a component without a scan");
      }
    }
    return found_;
  }

 private:
  /// A component of the frame.
  struct Part {
    std::uint8_t id = 0, h = 1, v = 1, quantisation = 0;
    bool scanned = false;
  };

  JpegMarkers& fail(const char* fault) {
    found_.fault = fault;
    return found_;
  }

  /// Where the compressed data from `at` on end: at a marker that is no restart.
  std::size_t end_of_scan(std::size_t at) const {
    for (; at + 1 < bytes_.size(); ++at) {
      const std::uint8_t next = bytes_[at + 1];
      const bool restart = next >= 0xD0 && next <= 0xD7;
      if (bytes_[at] == 0xFF && next != 0 && next != 0xFF && !restart) break;
    }
    return at;
  }

  void segment(std::uint8_t marker, Bytes body) {
    constexpr std::array<std::uint8_t, 6> kExif{'E', 'x', 'i', 'f', 0, 0};
    if (marker == 0xDB) return quantisation(body);
    if (marker == 0xC4) return huffman(body);
    if (marker == 0xDA) return scan(body);
    // Arithmetic tables, and the frames of all codings but Huffman's baseline, extended and
    // progressive ones.
    if (marker >= 0xC3 && marker <= 0xCF) found_.readable = false;
    if (marker >= 0xC0 && marker <= 0xC2) return frame(marker == 0xC2, body);
    if (marker == 0xE1 && scans_ == 0 && body.size() >= kExif.size() &&
        std::equal(kExif.begin(), kExif.end(), body.begin())) {
      found_.orientation = tiff_orientation(body.subspan(kExif.size()));
    }
  }

  void quantisation(Bytes body) {
    while (!body.empty()) {
      const std::size_t size = body[0] >> 4 == 0 ? 65 : 129;
      const std::size_t table = body[0] & 15;
      if (body[0] >> 4 > 1 || table > 3 || body.size() < size || ++tables_ > kMaxTables) {
        fail("its quantisation tables");
        return;
      }
      quantised_[table] = true;
      body = body.subspan(size);
    }
  }

  void huffman(Bytes body) {
    while (!body.empty()) {
      std::size_t codes = 0;
      for (std::size_t i = 1; i <= 16 && body.size() >= 17; ++i) codes += body[i];
      const std::size_t table = body[0] & 15;
      // Versions of stb_image before 2.28 write beyond their tables with more than 256 codes.
      if (body[0] >> 4 > 1 || table > 3 || codes > 256 || body.size() < 17 + codes ||
          ++tables_ > kMaxTables) {
        fail("its code tables");
        return;
      }
      (body[0] >> 4 == 0 ? dc_ : ac_)[table] = true;
      body = body.subspan(17 + codes);
    }
  }

  void frame(bool progressive, Bytes body) {
    if (!parts_.empty() || body.size() < 6 || body.size() != 6 + 3 * std::size_t{body[5]}) {
      fail("its frame");
      return;
    }
    progressive_ = progressive;
    found_.readable = body[0] == 8 && number(body, 1, 2) > 0;
    height_ = number(body, 1, 2);
    width_ = number(body, 3, 2);
    for (std::size_t at = 6; at < body.size(); at += 3) {
      const auto h = static_cast<std::uint8_t>(body[at + 1] >> 4);
      const auto v = static_cast<std::uint8_t>(body[at + 1] & 15);
      if (h < 1 || h > 4 || v < 1 || v > 4 || body[at + 2] > 3) {
        fail("its frame");
        return;
      }
      parts_.push_back({.id = body[at], .h = h, .v = v, .quantisation = body[at + 2]});
      h_most_ = std::max(h_most_, h);
      v_most_ = std::max(v_most_, v);
    }
  }

  void scan(Bytes body) {
    if (parts_.empty() || body.size() < 4 || body.size() != 4 + 2 * std::size_t{body[0]}) {
      fail("a scan's header");
      return;
    }
    if (++scans_ > kMaxScans) found_.bounded = false;
    const std::size_t parts = body[0];
    const std::size_t first = progressive_ ? body[body.size() - 3] : 0;
    const std::size_t last = progressive_ ? body[body.size() - 2] : 63;
    const bool refines = progressive_ && body.back() >> 4 != 0;
    if (first > last || last > 63) {
      fail("a scan's header");
      return;
    }
    for (std::size_t i = 0; i < parts; ++i) {
      const auto part = std::find_if(parts_.begin(), parts_.end(),
                                     [&](const Part& p) { return p.id == body[1 + 2 * i]; });
      const std::size_t dc = body[2 + 2 * i] >> 4;
      const std::size_t ac = body[2 + 2 * i] & 15;
      if (part == parts_.end() || dc > 3 || ac > 3) {
        fail("a scan's header");
        return;
      }
      const bool has_dc = first > 0 || refines || dc_[dc];
      const bool has_ac = (progressive_ && first == 0) || ac_[ac];
      if (!quantised_[part->quantisation] || !has_dc || !has_ac) {
        fail("a scan without its tables");
        return;
      }
      part->scanned |= first == 0;
      work_ += blocks(*part, parts > 1) * (kBlockWork + last - first + 1);
    }
    if (work_ > kMaxJpegWork) found_.bounded = false;
  }

  /// How many blocks of 8×8 a scan visits of a component, alone or interleaved with others.
  std::uint64_t blocks(const Part& part, bool interleaved) const {
    if (interleaved) {
      return divided_up(width_, 8U * h_most_) * part.h * divided_up(height_, 8U * v_most_) * part.v;
    }
    return divided_up(divided_up(std::uint64_t{width_} * part.h, h_most_), 8) *
           divided_up(divided_up(std::uint64_t{height_} * part.v, v_most_), 8);
  }

  Bytes bytes_;
  JpegMarkers found_;
  std::vector<Part> parts_;
  std::array<bool, 4> quantised_{}, dc_{}, ac_{};
  bool progressive_ = false;
  std::uint32_t width_ = 0, height_ = 0;
  std::uint8_t h_most_ = 1, v_most_ = 1;
  std::size_t scans_ = 0, tables_ = 0;
  std::uint64_t work_ = 0;
};

}  // namespace

JpegMarkers read_jpeg_markers(Bytes bytes) { return Walk(bytes).result(); }

}  // namespace ziffer::data
