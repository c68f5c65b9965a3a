#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "core/error.hpp"
#include "core/rng.hpp"
#include "files.hpp"

namespace ziffer::data {
namespace {

using testing::append_number;
using testing::ByteVector;

struct Kind {
  int header = 40;
  int width = 5;
  int height = 3;  // negative: from above
  int bits = 24;
  std::uint32_t compression = 0;
  std::vector<std::uint32_t> masks{};    // within the header from 56 bytes on, else behind it
  std::vector<std::uint32_t> palette{};  // 0xRRGGBB
};

ByteVector bmp(const Kind& kind, const ByteVector& pixels) {
  ByteVector body;
  append_number(body, static_cast<std::uint32_t>(kind.header), 4, false);
  const int size = kind.header == 12 ? 2 : 4;
  append_number(body, static_cast<std::uint32_t>(kind.width), size, false);
  append_number(body, static_cast<std::uint32_t>(kind.height), size, false);
  append_number(body, 1, 2, false);
  append_number(body, static_cast<std::uint32_t>(kind.bits), 2, false);
  if (kind.header > 12) {
    append_number(body, kind.compression, 4, false);
    for (int i = 0; i < 3; ++i) append_number(body, 0, 4, false);
    append_number(body, static_cast<std::uint32_t>(kind.palette.size()), 4, false);
    append_number(body, 0, 4, false);
  }
  for (const std::uint32_t mask : kind.masks) append_number(body, mask, 4, false);
  if (body.size() < static_cast<std::size_t>(kind.header)) {
    body.resize(static_cast<std::size_t>(kind.header));
  }
  for (const std::uint32_t colour : kind.palette) {
    append_number(body, colour, kind.header == 12 ? 3 : 4, false);
  }
  ByteVector file{'B', 'M'};
  append_number(file, 0, 4, false);
  append_number(file, 0, 4, false);
  append_number(file, static_cast<std::uint32_t>(14 + body.size()), 4, false);
  file.insert(file.end(), body.begin(), body.end());
  file.insert(file.end(), pixels.begin(), pixels.end());
  return file;
}

/// Rows from below, each filled up to four bytes.
ByteVector rows(int width, int height, int bits,
                const std::function<std::uint32_t(int x, int y)>& pixel) {
  ByteVector bytes;
  for (int y = height - 1; y >= 0; --y) {
    std::size_t bit = 0;
    const std::size_t start = bytes.size();
    bytes.resize(start + (static_cast<std::size_t>(width * bits) + 31) / 32 * 4);
    for (int x = 0; x < width; ++x, bit += static_cast<std::size_t>(bits)) {
      const std::uint32_t value = pixel(x, y);
      if (bits < 8) {
        bytes[start + bit / 8] |=
            static_cast<std::uint8_t>(value << (8 - bits - static_cast<int>(bit % 8)));
      } else {
        for (int i = 0; i < bits / 8; ++i) {
          bytes[start + bit / 8 + static_cast<std::size_t>(i)] =
              static_cast<std::uint8_t>(value >> (8 * i));
        }
      }
    }
  }
  return bytes;
}

const ByteVector kExpected{0, 255, 255, 255, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0, 0};
bool is_ink(int x, int y) { return kExpected[static_cast<std::size_t>(5 * y + x)] == 0; }

std::string code_of(const ByteVector& bytes) {
  try {
    decode_picture(bytes);
  } catch (const Error& error) {
    return error.code();
  }
  return {};
}

TEST_CASE("a BMP of every depth and header gives the same pixels") {
  const auto gray = [](std::uint32_t paper) {
    return [paper](int x, int y) { return is_ink(x, y) ? 0 : paper; };
  };
  const std::vector<std::uint32_t> two{0x000000, 0xFFFFFF};
  for (const int header : {12, 40, 52, 56, 64, 108, 124}) {
    for (const int bits : {1, 2, 4, 8}) {
      CAPTURE(header);
      CAPTURE(bits);
      const Kind kind{.header = header, .bits = bits, .palette = two};
      CHECK(decode_picture(bmp(kind, rows(5, 3, bits, gray(1)))).gray == kExpected);
    }
    for (const int bits : {16, 24, 32}) {
      CAPTURE(header);
      CAPTURE(bits);
      const Kind kind{.header = header, .bits = bits};
      const std::uint32_t paper = bits == 16 ? 0x7FFF : 0xFFFFFF;
      CHECK(decode_picture(bmp(kind, rows(5, 3, bits, gray(paper)))).gray == kExpected);
    }
  }
}

TEST_CASE("a BMP may begin with its upper row") {
  for (const int bits : {1, 8, 24}) {
    const Kind kind{.height = -3, .bits = bits, .palette = {0x000000, 0xFFFFFF}};
    const auto flipped = [&](int x, int y) {
      return is_ink(x, 2 - y) ? 0U : bits == 24 ? 0xFFFFFFU : 1U;
    };
    CHECK(decode_picture(bmp(kind, rows(5, 3, bits, flipped))).gray == kExpected);
  }
}

TEST_CASE("a BMP's masks say where its colours are, within the header or behind it") {
  const std::vector<std::uint32_t> masks{0xF800, 0x07E0, 0x001F};
  const auto pixels = rows(5, 3, 16, [](int x, int y) { return is_ink(x, y) ? 0U : 0xFFFFU; });
  for (const int header : {40, 52, 56, 108, 124}) {
    CAPTURE(header);
    const Kind kind{.header = header, .bits = 16, .compression = 3, .masks = masks};
    CHECK(decode_picture(bmp(kind, pixels)).gray == kExpected);
  }
  const Kind opaque{
      .header = 108, .bits = 32, .compression = 3, .masks = {0xFF000000, 0xFF0000, 0xFF00, 0xFF}};
  const auto with_opacity =
      rows(5, 3, 32, [](int x, int y) { return is_ink(x, y) ? 0x000000FFU : 0x00000000U; });
  CHECK(decode_picture(bmp(opaque, with_opacity)).gray == kExpected);
}

TEST_CASE("a run-length coded BMP gives its pixels; what it leaves out is paper") {
  const std::vector<std::uint32_t> two{0x000000, 0xFFFFFF};
  // From below: 0 0 1 0 0 one by one, 1 0 0 0 1 as runs, then one black pixel, three left out.
  const ByteVector eight{0, 5, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 3, 0,
                         1, 1, 0, 0, 1, 0, 0, 2, 3, 0, 1, 0, 0, 1};
  const ByteVector four{0,    5, 0x00, 0x10, 0x00, 0, 0, 0, 1, 0x10, 3,    0x00, 1,
                        0x10, 0, 0,    1,    0x00, 0, 2, 3, 0, 1,    0x00, 0,    1};
  CHECK(decode_picture(bmp({.bits = 8, .compression = 1, .palette = two}, eight)).gray ==
        kExpected);
  CHECK(decode_picture(bmp({.bits = 4, .compression = 2, .palette = two}, four)).gray == kExpected);
}

TEST_CASE("a run that leaves the row or the picture harms nothing, and takes no longer") {
  ByteVector runs;
  for (int i = 0; i < 100'000; ++i) runs.insert(runs.end(), {255, 1});
  runs.insert(runs.end(), {0, 2, 200, 200, 0, 2, 200, 200, 9, 1, 0, 1});
  const Picture picture =
      decode_picture(bmp({.bits = 8, .compression = 1, .palette = {0xFFFFFF, 0}}, runs));
  CHECK(picture.gray.size() == 15);
}

TEST_CASE("what a BMP can be and is not read is named, and never called damaged") {
  for (const std::uint32_t compression : {4U, 5U, 11U}) {
    CHECK(code_of(bmp({.compression = compression}, ByteVector(48))) == "picture_unsupported");
  }
  CHECK(code_of(bmp({.bits = 64}, ByteVector(200))) == "picture_unsupported");
  CHECK(code_of(bmp({.header = 64, .bits = 1, .compression = 3}, ByteVector(48))) ==
        "picture_unsupported");
  CHECK(code_of(bmp({.width = 0}, ByteVector(48))) == "picture_invalid");
  CHECK(code_of(bmp({.height = -2147483647 - 1}, ByteVector(48))) == "picture_too_large");
}

TEST_CASE("no damaged BMP does more than give an error or a picture") {
  Rng rng(3);
  const ByteVector pixels = rows(5, 3, 8, [](int x, int) { return static_cast<unsigned>(x); });
  const ByteVector coded{5, 1, 0, 0, 0, 5, 0, 1, 1, 0, 1, 0, 0, 2, 1, 0, 3, 1, 0, 1};
  for (int round = 0; round < 20'000; ++round) {
    const bool run_length = round % 2 == 0;
    ByteVector file = run_length ? bmp({.bits = 8, .compression = 1, .palette = {0, 1}}, coded)
                                 : bmp({.header = 108, .bits = 8, .palette = {0, 1}}, pixels);
    for (std::uint32_t i = 0; i <= rng.below(3); ++i) {
      const std::size_t at = 10 + rng.below(static_cast<std::uint32_t>(file.size()) - 10);
      // Sizes stay small: what takes memory is tested elsewhere.
      if (at >= 18 && at < 26) continue;
      file[at] = static_cast<std::uint8_t>(rng.below(256));
    }
    const std::string code = code_of(file);
    CHECK((code.empty() || code == "picture_invalid" || code == "picture_unsupported" ||
           code == "picture_too_large"));
  }
}

}  // namespace
}  // namespace ziffer::data
