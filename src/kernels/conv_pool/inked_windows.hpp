// Where a one-channel picture carries ink. Digits are written on paper: about half of all pooling
// windows of MNIST see nothing but zeros, and their sums are the bias alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/conv_pool/conv_pool.hpp"

namespace ziffer::kernels {

/// A pooled output (row-major) and where its patch begins in the picture.
struct InkedWindow {
  std::uint32_t output, pixel;
};

/// Words of scratch for the list of a picture's inked windows and for what list_inked needs
/// besides.
inline std::size_t ink_scratch(const ConvPoolShape& s) {
  return sum_of(size_of(2, s.pooled_height(), s.pooled_width()), size_of(2, s.pooled_width() + 1));
}

/// Lists the windows whose patch of 4×4 pixels, for a 3×3 kernel, has a pixel that is not +0, at
/// the start of the scratch.
inline std::span<const InkedWindow> list_inked(const ConvPoolShape& s, const float* x,
                                               float* scratch) {
  const std::ptrdiff_t rows = s.pooled_height(), columns = s.pooled_width();
  const auto ink_at = [](const float* pixels) {
    std::uint64_t word;
    std::memcpy(&word, pixels, sizeof word);
    return word;
  };
  const auto read_row = [&](std::ptrdiff_t i, std::uint32_t* out) {
    const float* above = x + 2 * i * s.width;
    const float* below = above + s.width;
    for (std::ptrdiff_t j = 0; j <= columns; ++j)
      out[j] = (ink_at(above + 2 * j) | ink_at(below + 2 * j)) != 0;
  };
  auto* list = reinterpret_cast<InkedWindow*>(scratch);
  auto* pairs = reinterpret_cast<std::uint32_t*>(list + rows * columns);
  std::size_t count = 0;
  std::uint32_t* above = pairs;
  std::uint32_t* below = pairs + columns + 1;
  read_row(0, above);
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    read_row(i + 1, below);
    std::uint32_t left = above[0] | below[0];
    for (std::ptrdiff_t j = 0; j < columns; ++j) {
      const std::uint32_t right = above[j + 1] | below[j + 1];
      list[count] = {static_cast<std::uint32_t>(i * columns + j),
                     static_cast<std::uint32_t>(2 * (i * s.width + j))};
      count += left | right;
      left = right;
    }
    std::uint32_t* const done = above;
    above = below;
    below = done;
  }
  return {list, count};
}

}  // namespace ziffer::kernels
