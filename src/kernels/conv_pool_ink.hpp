// Where a one-channel picture carries ink. Digits are written on paper: about half of all pooling
// windows of MNIST see nothing but zeros, and their sums are the bias alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/conv_pool.hpp"

namespace ziffer::kernels {

/// Words of scratch that list_inked needs for its pairs.
inline std::size_t ink_scratch(const ConvPoolShape& s) {
  return 2 * (static_cast<std::size_t>(s.pooled_width()) + 1);
}

/// Lists the pooled outputs (row-major) whose patch of 4×4 pixels, for a 3×3 kernel, has a pixel
/// that is not +0; returns their number. The list has room for all outputs.
inline int list_inked(const ConvPoolShape& s, const float* x, std::uint32_t* pairs,
                      std::uint32_t* list) {
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
  int count = 0;
  std::uint32_t* above = pairs;
  std::uint32_t* below = pairs + columns + 1;
  read_row(0, above);
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    read_row(i + 1, below);
    std::uint32_t left = above[0] | below[0];
    for (std::ptrdiff_t j = 0; j < columns; ++j) {
      const std::uint32_t right = above[j + 1] | below[j + 1];
      list[count] = static_cast<std::uint32_t>(i * columns + j);
      count += static_cast<int>(left | right);
      left = right;
    }
    std::uint32_t* const done = above;
    above = below;
    below = done;
  }
  return count;
}

}  // namespace ziffer::kernels
