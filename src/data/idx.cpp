#include "data/idx.hpp"

#include <array>
#include <limits>

#include "core/error.hpp"

namespace ziffer::data {
namespace {

using Bytes = std::span<const std::uint8_t>;

[[noreturn]] void fail(const std::string& name, const std::string& message) {
  throw Error("idx_invalid", {name, ": ", message});
}

std::uint32_t big_endian(Bytes bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | std::uint32_t{bytes[at + 3]};
}

std::string type_name(std::uint8_t type) {
  switch (type) {
    case 0x08:
      return "unsigned byte";
    case 0x09:
      return "signed byte";
    case 0x0B:
      return "short";
    case 0x0C:
      return "int";
    case 0x0D:
      return "float";
    case 0x0E:
      return "double";
    default:
      return "unknown";
  }
}

/// The first bytes of files that are given by mistake say what they are.
void reject_foreign(Bytes bytes, const std::string& name) {
  if (bytes.empty()) fail(name, "expected an IDX file, got nothing (0 bytes).");
  if (bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B) {
    fail(name, "expected IDX, got gzip. Unpack it first.");
  }
  if (bytes.size() >= 2 && bytes[0] == 'P' && bytes[1] == 'K') {
    fail(name, "expected IDX, got a ZIP archive. Unpack it first.");
  }
  if (bytes[0] == '<') fail(name, "expected IDX, got HTML or XML. Check the address.");
}

struct Header {
  std::size_t rank = 0;
  std::array<std::uint32_t, 4> extents{1, 1, 1, 1};
  Bytes values;
};

Header parse_header(Bytes bytes, const std::string& name, std::size_t min_rank,
                    std::size_t max_rank) {
  reject_foreign(bytes, name);
  if (bytes.size() < 4) {
    fail(name, "cut off: expected a header of 4 bytes, got " + std::to_string(bytes.size()) + ".");
  }
  if (bytes[0] != 0 || bytes[1] != 0) {
    fail(name, "not an IDX file: expected it to begin with two zero bytes, got " +
                   std::to_string(bytes[0]) + " and " + std::to_string(bytes[1]) + ".");
  }
  if (bytes[2] != 0x08) {
    fail(name, "expected values of type 8 (unsigned byte), got type " + std::to_string(bytes[2]) +
                   " (" + type_name(bytes[2]) + ").");
  }
  Header header;
  header.rank = bytes[3];
  if (header.rank < min_rank || header.rank > max_rank) {
    const std::string expected =
        min_rank == 1 ? "1 (labels)" : "3 (gray images) or 4 (images with channels)";
    const std::string hint = header.rank == 1   ? " These are labels."
                             : header.rank >= 3 ? " These are images."
                                                : "";
    fail(name, "expected rank " + expected + ", got " + std::to_string(header.rank) + "." + hint);
  }
  const std::size_t start = 4 + 4 * header.rank;
  if (bytes.size() < start) {
    fail(name, "cut off: expected a header of " + std::to_string(start) + " bytes, got " +
                   std::to_string(bytes.size()) + ".");
  }
  // The product is held below 2^31, so it neither overflows nor exceeds what an int can count.
  std::uint64_t size = 1;
  for (std::size_t axis = 0; axis < header.rank; ++axis) {
    const std::uint32_t extent = big_endian(bytes, 4 + 4 * axis);
    if (extent == 0) fail(name, "extent " + std::to_string(axis) + " is zero: no data.");
    size *= extent;
    if (extent > std::numeric_limits<std::int32_t>::max() ||
        size > std::uint64_t{std::numeric_limits<std::int32_t>::max()}) {
      fail(name, "extent " + std::to_string(axis) + " is " + std::to_string(extent) +
                     ": more than 2147483647 values in all. The header is damaged.");
    }
    header.extents[axis] = extent;
  }
  if (bytes.size() - start != size) {
    fail(name, "expected " + std::to_string(size) + " values after the header, got " +
                   std::to_string(bytes.size() - start) + ". The file is " +
                   (bytes.size() - start < size ? "cut off." : "too long."));
  }
  header.values = bytes.subspan(start);
  return header;
}

}  // namespace

IdxImages parse_idx_images(Bytes bytes, const std::string& name) {
  const Header header = parse_header(bytes, name, 3, 4);
  const std::uint32_t channels = header.extents[3];  // 1 for rank 3
  if (channels != 1 && channels != 3) {
    fail(name, "expected 1 or 3 channels, got " + std::to_string(channels) + ".");
  }
  return {.count = static_cast<int>(header.extents[0]),
          .height = static_cast<int>(header.extents[1]),
          .width = static_cast<int>(header.extents[2]),
          .channels = static_cast<int>(channels),
          .pixels = header.values};
}

Bytes parse_idx_labels(Bytes bytes, const std::string& name) {
  return parse_header(bytes, name, 1, 1).values;
}

}  // namespace ziffer::data
