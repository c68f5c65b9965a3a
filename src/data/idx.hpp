// LeCun's IDX container, in which MNIST and its relatives (Fashion-MNIST, EMNIST, KMNIST) are
// published.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace ziffer::data {

/// A view into the bytes of an IDX file: [count][height][width][channels], one byte a value.
struct IdxImages {
  int count = 0;
  int height = 0;
  int width = 0;
  int channels = 1;
  std::span<const std::uint8_t> pixels;
};

/// Reads images of rank 3 (gray), or of rank 4 whose last extent is 1 or 3. `name` says in errors
/// which file is meant
/// ("train-images"). Nothing is copied or allocated: `pixels` lives as long as `bytes`.
/// Throws Error `idx_invalid` unless every header field is right and the length fits exactly.
IdxImages parse_idx_images(std::span<const std::uint8_t> bytes, const std::string& name);

/// Reads labels of rank 1: one byte each, a view into `bytes`. Errors as for images.
std::span<const std::uint8_t> parse_idx_labels(std::span<const std::uint8_t> bytes,
                                               const std::string& name);

}  // namespace ziffer::data
