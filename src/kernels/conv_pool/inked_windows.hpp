// Where a one-channel picture carries ink. Digits are written on paper: about half of all pooling
// windows of MNIST see nothing but zeros, and their sums are the bias alone.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "kernels/conv_pool/conv_pool.hpp"

namespace ziffer::kernels {

/// A pooled output (row-major) and where its patch begins in the picture.
struct InkedWindow {
  std::uint32_t output, pixel;
};

/// A picture's inked windows. They lie in scratch, which holds floats: each is the bits of two.
class InkedWindows {
 public:
  class Iterator {
   public:
    explicit Iterator(const float* words) : words_(words) {}
    InkedWindow operator*() const {
      return {std::bit_cast<std::uint32_t>(words_[0]), std::bit_cast<std::uint32_t>(words_[1])};
    }
    Iterator& operator++() {
      words_ += kWords;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const float* words_;
  };

  static constexpr int kWords = 2;  ///< of one window

  InkedWindows(const float* words, std::ptrdiff_t size) : words_(words), size_(size) {}
  std::ptrdiff_t size() const { return size_; }
  Iterator begin() const { return Iterator(words_); }
  Iterator end() const { return Iterator(words_ + size_ * kWords); }

 private:
  const float* words_;
  std::ptrdiff_t size_;
};

/// Words of scratch for the list of a picture's inked windows and for what list_inked needs
/// besides.
inline std::size_t ink_scratch(const ConvPoolShape& s) {
  return sum_of(size_of(InkedWindows::kWords, s.pooled_height(), s.pooled_width()),
                size_of(2, s.pooled_width() + 1));
}

/// Lists the windows whose patch of 4×4 pixels, for a 3×3 kernel, has a pixel that is not +0, at
/// the start of the scratch.
inline InkedWindows list_inked(const ConvPoolShape& s, const float* x, float* scratch) {
  const std::ptrdiff_t rows = s.pooled_height(), columns = s.pooled_width();
  const auto ink_at = [](const float* pixels) {
    std::uint64_t word;
    std::memcpy(&word, pixels, sizeof word);
    return word;
  };
  const auto word = [](std::uint32_t bits) { return std::bit_cast<float>(bits); };
  const auto bits = [](float of) { return std::bit_cast<std::uint32_t>(of); };
  const auto read_row = [&](std::ptrdiff_t i, float* out) {
    const float* above = x + 2 * i * s.width;
    const float* below = above + s.width;
    for (std::ptrdiff_t j = 0; j <= columns; ++j)
      out[j] = word((ink_at(above + 2 * j) | ink_at(below + 2 * j)) != 0);
  };
  std::ptrdiff_t count = 0;
  float* above = scratch + InkedWindows::kWords * rows * columns;
  float* below = above + columns + 1;
  read_row(0, above);
  for (std::ptrdiff_t i = 0; i < rows; ++i) {
    read_row(i + 1, below);
    std::uint32_t left = bits(above[0]) | bits(below[0]);
    for (std::ptrdiff_t j = 0; j < columns; ++j) {
      const std::uint32_t right = bits(above[j + 1]) | bits(below[j + 1]);
      float* const window = scratch + InkedWindows::kWords * count;
      window[0] = word(static_cast<std::uint32_t>(i * columns + j));
      window[1] = word(static_cast<std::uint32_t>(2 * (i * s.width + j)));
      count += left | right;
      left = right;
    }
    std::swap(above, below);
  }
  return {scratch, count};
}

}  // namespace ziffer::kernels
