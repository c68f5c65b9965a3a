// Labelled pictures as bytes, filled piece by piece while they arrive.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/shape.hpp"
#include "training/rows.hpp"

namespace ziffer::training {

/// `count` pictures of `shape`, one byte a value, and labels in [0, classes), classes ≤ 256.
class Dataset {
 public:
  /// Errors: `invalid_dataset` when a number is out of range or the whole would exceed 512 MiB.
  Dataset(std::size_t count, Shape shape, int classes);

  std::size_t count() const noexcept { return labels_.size(); }
  const Shape& shape() const noexcept { return shape_; }
  int classes() const noexcept { return classes_; }

  /// Copies whole pictures, or labels, to their places. Errors: `invalid_dataset` when they do not
  /// fit or a label is none.
  void set_images(std::size_t first, std::span<const std::uint8_t> pixels);
  void set_labels(std::size_t first, std::span<const std::uint8_t> labels);

  /// Pictures [first, first + count) as they lie, or those of `order`.
  Rows rows(std::size_t first, std::size_t count) const;
  Rows rows(std::span<const std::uint32_t> order) const;

  /// Errors: `invalid_dataset` when there is no such picture.
  std::span<const std::uint8_t> image(std::size_t i) const;
  std::uint8_t label(std::size_t i) const;

 private:
  Shape shape_;
  std::size_t size_;
  int classes_;
  std::vector<std::uint8_t> pixels_;
  std::vector<std::uint8_t> labels_;
};

}  // namespace ziffer::training
