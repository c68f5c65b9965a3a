#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/rng.hpp"
#include "data/jpeg_markers.hpp"
#include "files.hpp"

namespace ziffer::data {
namespace {

using testing::append_number;
using testing::ByteVector;

// 24×16 gray pixels whose left third is 40 above and 160 below, and whose rest is 100 above and 220
// below; with EXIF.
const ByteVector kBaselineJpeg = {
    // clang-format off
    0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01,
    0x00, 0x01, 0x00, 0x00, 0xFF, 0xE1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0x00, 0x00, 0x4D, 0x4D,
    0x00, 0x2A, 0x00, 0x00, 0x00, 0x08, 0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01,
    0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xDB, 0x00, 0x43, 0x00, 0x06, 0x04, 0x05,
    0x06, 0x05, 0x04, 0x06, 0x06, 0x05, 0x06, 0x07, 0x07, 0x06, 0x08, 0x0A, 0x10, 0x0A, 0x0A, 0x09,
    0x09, 0x0A, 0x14, 0x0E, 0x0F, 0x0C, 0x10, 0x17, 0x14, 0x18, 0x18, 0x17, 0x14, 0x16, 0x16, 0x1A,
    0x1D, 0x25, 0x1F, 0x1A, 0x1B, 0x23, 0x1C, 0x16, 0x16, 0x20, 0x2C, 0x20, 0x23, 0x26, 0x27, 0x29,
    0x2A, 0x29, 0x19, 0x1F, 0x2D, 0x30, 0x2D, 0x28, 0x30, 0x25, 0x28, 0x29, 0x28, 0xFF, 0xC0, 0x00,
    0x0B, 0x08, 0x00, 0x10, 0x00, 0x18, 0x01, 0x01, 0x11, 0x00, 0xFF, 0xC4, 0x00, 0x15, 0x00, 0x01,
    0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x07,
    0x00, 0xFF, 0xC4, 0x00, 0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3F,
    0x00, 0x0A, 0x28, 0x22, 0x81, 0x41, 0x3F, 0xFF, 0xD9,
    // clang-format on
};
constexpr std::size_t kOrientationByte = 49;  // of kBaselineJpeg

// The same pixels as a progressive JPEG without EXIF.
const ByteVector kProgressiveJpeg = {
    // clang-format off
    0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10, 0x4A, 0x46, 0x49, 0x46, 0x00, 0x01, 0x01, 0x00, 0x00, 0x01,
    0x00, 0x01, 0x00, 0x00, 0xFF, 0xDB, 0x00, 0x43, 0x00, 0x06, 0x04, 0x05, 0x06, 0x05, 0x04, 0x06,
    0x06, 0x05, 0x06, 0x07, 0x07, 0x06, 0x08, 0x0A, 0x10, 0x0A, 0x0A, 0x09, 0x09, 0x0A, 0x14, 0x0E,
    0x0F, 0x0C, 0x10, 0x17, 0x14, 0x18, 0x18, 0x17, 0x14, 0x16, 0x16, 0x1A, 0x1D, 0x25, 0x1F, 0x1A,
    0x1B, 0x23, 0x1C, 0x16, 0x16, 0x20, 0x2C, 0x20, 0x23, 0x26, 0x27, 0x29, 0x2A, 0x29, 0x19, 0x1F,
    0x2D, 0x30, 0x2D, 0x28, 0x30, 0x25, 0x28, 0x29, 0x28, 0xFF, 0xC2, 0x00, 0x0B, 0x08, 0x00, 0x10,
    0x00, 0x18, 0x01, 0x01, 0x11, 0x00, 0xFF, 0xC4, 0x00, 0x15, 0x00, 0x01, 0x01, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x06, 0x00, 0xFF, 0xDA, 0x00,
    0x08, 0x01, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0xA2, 0x50, 0xA2, 0xFF, 0xC4, 0x00, 0x14, 0x10,
    0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x20, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x01, 0x05, 0x02, 0x5F, 0xFF, 0xC4, 0x00, 0x14,
    0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x20, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x06, 0x3F, 0x02, 0x5F, 0xFF, 0xC4, 0x00,
    0x14, 0x10, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x20, 0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x01, 0x3F, 0x21, 0x5F, 0xFF, 0xDA,
    0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x00, 0x10, 0xFF, 0x00, 0xFF, 0xC4, 0x00, 0x14, 0x10, 0x01,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x20,
    0xFF, 0xDA, 0x00, 0x08, 0x01, 0x01, 0x00, 0x01, 0x3F, 0x10, 0x5F, 0xFF, 0xD9,
    // clang-format on
};

Picture four_fields() {
  Picture picture{.width = 24, .height = 16, .gray = {}};
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 24; ++x) {
      const int level = (y < 8 ? 40 : 160) + (x < 8 ? 0 : 60);
      picture.gray.push_back(static_cast<std::uint8_t>(level));
    }
  }
  return picture;
}

/// The code of the error that decoding gives, "" for none; a picture that does come must be whole.
std::string code_of(const ByteVector& bytes) {
  try {
    const Picture picture = decode_picture(bytes);
    CHECK(picture.width > 0);
    CHECK(picture.height > 0);
    CHECK(picture.gray.size() ==
          static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  } catch (const Error& error) {
    CHECK(std::string(error.what()).starts_with("picture: "));
    return error.code();
  }
  return {};
}

ByteVector text(const std::string& text) { return {text.begin(), text.end()}; }

TEST_CASE("PNG and BMP give the same gray levels, JPEG nearly") {
  const Picture expected = four_fields();
  const Picture png = decode_picture(testing::png_file(24, 16, 1, expected.gray));
  const Picture bmp = decode_picture(testing::bmp_file(expected));
  CHECK(png.width == 24);
  CHECK(png.height == 16);
  CHECK(png.gray == expected.gray);
  CHECK(bmp.gray == expected.gray);
  for (const ByteVector& file : {kBaselineJpeg, kProgressiveJpeg}) {
    const Picture jpeg = decode_picture(file);
    REQUIRE(jpeg.gray.size() == expected.gray.size());
    for (std::size_t i = 0; i < jpeg.gray.size(); ++i) {
      CHECK(std::abs(int{jpeg.gray[i]} - int{expected.gray[i]}) <= 3);
    }
  }
}

TEST_CASE("colour becomes luminance") {
  const ByteVector pixels{255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0};
  const Picture picture = decode_picture(testing::png_file(5, 1, 3, pixels));
  CHECK(picture.gray == ByteVector{76, 149, 28, 255, 0});
}

TEST_CASE("transparency is laid over white") {
  const ByteVector rgba{0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 51, 255, 0, 0, 255};
  CHECK(decode_picture(testing::png_file(4, 1, 4, rgba)).gray == ByteVector{0, 255, 204, 76});
  const ByteVector gray_alpha{100, 255, 100, 0};
  CHECK(decode_picture(testing::png_file(2, 1, 2, gray_alpha)).gray == ByteVector{100, 255});
}

TEST_CASE("white ink on nothing stays visible") {
  const ByteVector rgba{255, 255, 255, 255, 255, 255, 255, 0, 255, 255, 255, 102};
  CHECK(decode_picture(testing::png_file(3, 1, 4, rgba)).gray == ByteVector{255, 0, 102});
}

TEST_CASE("a camera's orientation is undone") {
  // For EXIF's orientations 1 to 8: the corner at which the first pixel, and the last of the first
  // row, must be shown.
  const std::string kFirst[] = {"", "TL", "TR", "BR", "BL", "TL", "TR", "BR", "BL"};
  const std::string kRowEnd[] = {"", "TR", "TL", "BL", "BR", "BL", "BR", "TR", "TL"};
  const Picture stored = decode_picture(kBaselineJpeg);
  for (std::size_t orientation = 1; orientation <= 8; ++orientation) {
    CAPTURE(orientation);
    ByteVector file = kBaselineJpeg;
    file[kOrientationByte] = static_cast<std::uint8_t>(orientation);
    const Picture shown = decode_picture(file);
    const bool swapped = orientation >= 5;
    REQUIRE(shown.width == (swapped ? 16 : 24));
    REQUIRE(shown.height == (swapped ? 24 : 16));
    const auto corner = [&](const std::string& name) {
      const int x = name[1] == 'L' ? 0 : shown.width - 1;
      const int y = name[0] == 'T' ? 0 : shown.height - 1;
      return shown.gray[static_cast<std::size_t>(y * shown.width + x)];
    };
    CHECK(corner(kFirst[orientation]) == stored.gray.front());
    CHECK(corner(kRowEnd[orientation]) == stored.gray[23]);
  }
}

TEST_CASE("other files are named") {
  CHECK(code_of({}) == "picture_unsupported");
  CHECK(code_of(text("GIF89a............")) == "picture_unsupported");
  CHECK(code_of(text("RIFF....WEBPVP8 ")) == "picture_unsupported");
  CHECK_THROWS_WITH_AS(decode_picture(text("RIFF....WEBPVP8 ")),
                       doctest::Contains("got a WebP picture"), Error);
  CHECK_THROWS_WITH_AS(decode_picture(text("....ftypheic....")), doctest::Contains("HEIC"), Error);
  CHECK_THROWS_WITH_AS(decode_picture(text("<svg xmlns=''/>")), doctest::Contains("SVG"), Error);
  CHECK(code_of(text("P5 2 2 255 ....")) == "picture_unsupported");
}

TEST_CASE("what would take too much memory is refused before it is taken") {
  ByteVector huge = testing::png_file(1, 1, 1, {0});
  huge[16 + 2] = 0x20;  // a width of 8193 …
  huge[20 + 2] = 0x20;  // … and a height of 8193
  CHECK(code_of(huge) == "picture_too_large");
  huge[16] = 0x7F;
  CHECK(code_of(huge) == "picture_too_large");
  ByteVector bmp = testing::bmp_file(four_fields());
  bmp[19] = 0x7F;  // 32,536 pixels wide …
  bmp[23] = 0x10;  // … and 4,112 high
  CHECK(code_of(bmp) == "picture_too_large");
  ByteVector long_file = kBaselineJpeg;
  long_file.resize(64'000'001);
  CHECK(code_of(long_file) == "picture_too_large");
}

TEST_CASE("a picture that is cut off is an error or whole, at every length") {
  const Picture fields = four_fields();
  const ByteVector files[] = {testing::png_file(24, 16, 1, fields.gray), testing::bmp_file(fields),
                              kBaselineJpeg, kProgressiveJpeg};
  for (const ByteVector& file : files) {
    int errors = 0;
    for (std::size_t length = 0; length < file.size(); ++length) {
      const ByteVector cut(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(length));
      errors += !code_of(cut).empty();
    }
    // PNG's trailer and padding behind the pixels may be missing without harm, nothing else.
    CHECK(errors + 20 >= static_cast<int>(file.size()));
  }
}

TEST_CASE("no damaged picture does more than give an error or a picture") {
  Rng rng(7);
  const Picture fields = four_fields();
  ByteVector rgba;
  for (int i = 0; i < 24 * 16 * 4; ++i) rgba.push_back(static_cast<std::uint8_t>(rng.below(256)));
  const ByteVector files[] = {testing::png_file(24, 16, 1, fields.gray),
                              testing::png_file(24, 16, 4, rgba), testing::bmp_file(fields),
                              kBaselineJpeg, kProgressiveJpeg};
  int damaged = 0;
  for (const ByteVector& file : files) {
    for (int round = 0; round < 400; ++round) {
      ByteVector bytes = file;
      const std::uint32_t changes = 1 + rng.below(4);
      for (std::uint32_t i = 0; i < changes; ++i) {
        // The extents stay: a fuzzer that asks for millions of pixels each time tests the memory
        // bus.
        const auto at =
            static_cast<std::size_t>(40 + rng.below(static_cast<std::uint32_t>(bytes.size()) - 40));
        bytes[at] = static_cast<std::uint8_t>(rng.below(256));
      }
      damaged += !code_of(bytes).empty();
    }
  }
  CHECK(damaged > 0);
  for (int round = 0; round < 2000; ++round) {
    ByteVector bytes = kBaselineJpeg;
    bytes[2 + rng.below(60)] = static_cast<std::uint8_t>(rng.below(256));
    bytes[2 + rng.below(60)] = static_cast<std::uint8_t>(rng.below(256));
    const JpegMarkers markers = read_jpeg_markers(bytes);
    CHECK(markers.orientation >= 1);
    CHECK(markers.orientation <= 8);
  }
}

/// A JPEG of one component from segments: {marker, body}.
ByteVector jpeg(const std::vector<std::pair<int, ByteVector>>& segments, bool ended = true) {
  ByteVector file{0xFF, 0xD8};
  for (const auto& [marker, body] : segments) {
    file.insert(file.end(), {0xFF, static_cast<std::uint8_t>(marker)});
    append_number(file, static_cast<std::uint32_t>(body.size() + 2), 2, true);
    file.insert(file.end(), body.begin(), body.end());
    if (marker == 0xDA) file.insert(file.end(), 8, 0);  // its compressed data
  }
  if (ended) file.insert(file.end(), {0xFF, 0xD9});
  return file;
}

ByteVector quantisation() {
  ByteVector body(65, 1);
  body[0] = 0;
  return body;
}

/// One code of one bit, for the symbol.
ByteVector table(std::uint8_t kind, std::uint8_t symbol) {
  ByteVector body(18, 0);
  body[0] = kind;
  body[1] = 1;
  body[17] = symbol;
  return body;
}

ByteVector frame(int side) {
  ByteVector body{8};
  append_number(body, static_cast<std::uint32_t>(side), 2, true);
  append_number(body, static_cast<std::uint32_t>(side), 2, true);
  body.insert(body.end(), {1, 1, 0x11, 0});
  return body;
}

ByteVector scan(std::uint8_t first, std::uint8_t last, std::uint8_t bits) {
  return {1, 1, 0x00, first, last, bits};
}

TEST_CASE("a JPEG without a table that its scans use is damaged, whichever it is") {
  const std::pair<int, ByteVector> tables[] = {
      {0xDB, quantisation()}, {0xC4, table(0x00, 0)}, {0xC4, table(0x10, 0)}};
  for (const int kind : {0xC0, 0xC2}) {
    for (std::size_t missing = 0; missing <= 3; ++missing) {
      CAPTURE(kind);
      CAPTURE(missing);
      std::vector<std::pair<int, ByteVector>> segments{{kind, frame(16)}};
      for (std::size_t i = 0; i < 3; ++i) {
        if (i != missing) segments.push_back(tables[i]);
      }
      segments.emplace_back(0xDA, scan(0, kind == 0xC0 ? 63 : 0, 0));
      if (kind == 0xC2) segments.emplace_back(0xDA, scan(1, 63, 0));
      CHECK(code_of(jpeg(segments)) == (missing < 3 ? "picture_invalid" : ""));
      CHECK(code_of(jpeg(segments, false)) == "picture_invalid");
    }
  }
}

TEST_CASE("a picture gives the same answer, whatever was read before") {
  const ByteVector small{0xFF, 0xD8, 0xFF, 0xC0, 0x00, 0x0B, 8, 0,    8, 0,  8, 1, 1,    0x11,
                         0,    0xFF, 0xDA, 0x00, 0x08, 1,    1, 0x00, 0, 63, 0, 0, 0xFF, 0xD9};
  // Four pixels of a palette with one colour: the others are nobody's.
  ByteVector palette{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
  testing::append_chunk(palette, "IHDR", {0, 0, 0, 4, 0, 0, 0, 1, 8, 3, 0, 0, 0});
  testing::append_chunk(palette, "PLTE", {200, 200, 200});
  testing::append_chunk(palette, "IDAT",
                        {0x78, 0x01, 1, 5, 0, 0xFA, 0xFF, 0, 0, 1, 100, 255, 0, 0, 0, 0});
  testing::append_chunk(palette, "IEND", {});
  Rng rng(1);
  for (int round = 0; round < 30; ++round) {
    ByteVector noise;
    for (int i = 0; i < 64 * 64; ++i) noise.push_back(static_cast<std::uint8_t>(rng.below(256)));
    decode_picture(testing::png_file(64, 64, 1, noise));
    decode_picture(round % 2 == 0 ? kBaselineJpeg : kProgressiveJpeg);
    CHECK(code_of(small) == "picture_invalid");
    CHECK(decode_picture(palette).gray == ByteVector{200, 0, 0, 0});
  }
}

TEST_CASE("a JPEG's work is bounded by its pixels times its scans, not by its bytes") {
  const auto progressive = [](int side, int scans) {
    std::vector<std::pair<int, ByteVector>> segments{
        {0xC2, frame(side)},    {0xDB, quantisation()}, {0xC4, table(0x00, 0)},
        {0xC4, table(0x10, 1)}, {0xDA, scan(0, 0, 1)},  {0xDA, scan(1, 63, 1)}};
    for (int i = 0; i < scans; ++i) segments.emplace_back(0xDA, scan(1, 63, 0x10));
    return jpeg(segments);
  };
  CHECK(read_jpeg_markers(progressive(5000, 8)).bounded);  // ten scans, as a camera writes
  CHECK_FALSE(read_jpeg_markers(progressive(5000, 20)).bounded);
  CHECK(code_of(progressive(5000, 20)) == "picture_too_large");
  CHECK(code_of(progressive(16, 200)) == "");
  CHECK(code_of(progressive(16, 2000)) == "picture_too_large");
  std::vector<std::pair<int, ByteVector>> baseline{
      {0xC0, frame(5000)}, {0xDB, quantisation()}, {0xC4, table(0x00, 0)}, {0xC4, table(0x10, 0)}};
  for (int i = 0; i < 30; ++i) baseline.emplace_back(0xDA, scan(0, 63, 0));
  CHECK(code_of(jpeg(baseline)) == "picture_too_large");
}

TEST_CASE("markers are read in linear time, also where every one seems to hold the others") {
  ByteVector file = kProgressiveJpeg;
  file.resize(file.size() - 2);
  for (int i = 0; i < 3'000'000; ++i) file.insert(file.end(), {0xFF, 0xC4, 0x00, 0x13});
  CHECK(code_of(file) == "picture_invalid");
}

TEST_CASE("a JPEG of another coding is named, and not called damaged") {
  for (const int kind : {0xC3, 0xC5, 0xC9, 0xCA}) {
    CHECK(code_of(jpeg({{0xDB, quantisation()}, {kind, frame(16)}})) == "picture_unsupported");
  }
  ByteVector twelve_bits = frame(16);
  twelve_bits[0] = 12;
  CHECK(code_of(jpeg({{0xC1, twelve_bits}})) == "picture_unsupported");
}

TEST_CASE("a megabyte of empty Deflate blocks is refused, and a bomb too") {
  // Blocks with fixed tables that hold nothing but their end: ten bits each, four in five bytes.
  ByteVector data{0x78, 0x01};
  for (int i = 0; i < 400'000; ++i) data.insert(data.end(), {0x02, 0x08, 0x20, 0x80, 0x00});
  ByteVector png{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
  testing::append_chunk(png, "IHDR", {0, 0, 0, 9, 0, 0, 0, 9, 8, 0, 0, 0, 0});
  testing::append_chunk(png, "IDAT", data);
  testing::append_chunk(png, "IEND", {});
  CHECK(code_of(png) == "picture_too_large");
}

TEST_CASE("a PNG whose chunk leaves the file is cut off") {
  ByteVector png = testing::png_file(24, 16, 1, four_fields().gray);
  for (const int high : {0x01, 0x7F, 0xFF}) {
    png[33] = static_cast<std::uint8_t>(high);  // the length of its data
    CHECK(code_of(png) == "picture_invalid");
  }
}

TEST_CASE("a colour that a PNG calls transparent is paper") {
  const ByteVector plain = testing::png_file(2, 1, 1, {7, 100});
  ByteVector png(plain.begin(), plain.begin() + 33);
  testing::append_chunk(png, "tRNS", {0, 7});
  png.insert(png.end(), plain.begin() + 33, plain.end());
  CHECK(decode_picture(png).gray == ByteVector{255, 100});
}

}  // namespace
}  // namespace ziffer::data
