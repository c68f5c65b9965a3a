// The extents of one sample's tensor, without the batch axis, as Keras writes them: (28, 28, 1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "core/sizes.hpp"

namespace ziffer {

class Shape {
 public:
  Shape() = default;
  Shape(std::initializer_list<int> dims) : dims_(dims) {}
  explicit Shape(std::vector<int> dims) : dims_(std::move(dims)) {}

  std::size_t rank() const noexcept { return dims_.size(); }
  int operator[](std::size_t axis) const { return dims_[axis]; }
  const std::vector<int>& dims() const noexcept { return dims_; }

  /// Number of elements: the product of the extents, 1 for rank 0. What 32 bits of WebAssembly
  /// cannot count is the largest number that they can, so that limits hold there too.
  std::size_t size() const noexcept {
    std::uint64_t n = 1;
    for (const int d : dims_) n = count_of(n, d);
    return size_of(n);
  }

  /// `(28, 28, 1)`; a single extent keeps its comma, as Python's tuples do: `(10,)`.
  std::string text() const;

  friend bool operator==(const Shape&, const Shape&) = default;

 private:
  std::vector<int> dims_;
};

}  // namespace ziffer
