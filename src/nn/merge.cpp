#include <algorithm>

#include "nn/layers/concatenate.hpp"
#include "nn/layers/merge.hpp"

namespace ziffer::nn {
namespace {

[[noreturn]] void fail(const Incoming& in, const char* expected, const Shape& got) {
  throw Error("shape_mismatch", in.layer + ": expected " + expected + " " + in.shape.text() +
                                    ", got " + got.text() + ".");
}

/// With extents of 1 in front where there are fewer.
std::vector<int> of_rank(const std::vector<int>& dims, std::size_t rank) {
  std::vector<int> out(std::max(rank, dims.size()), 1);
  std::ranges::copy_backward(dims, out.end());
  return out;
}

}  // namespace

Shape merged(const Incoming& in) {
  std::vector<int> out = in.shape.dims();
  for (const Shape* other : in.all) {
    const std::vector<int> dims = of_rank(other->dims(), out.size());
    out = of_rank(out, dims.size());
    for (std::size_t i = 0; i < dims.size(); ++i) {
      if (dims[i] != out[i] && dims[i] != 1 && out[i] != 1)
        fail(in, "inputs of the same shape as", *other);
      out[i] = std::max(out[i], dims[i]);
    }
  }
  return Shape(std::move(out));
}

std::size_t Concatenate::axis_of(std::size_t rank) const {
  const int counted = axis < 0 ? axis + static_cast<int>(rank) : axis - 1;
  return counted < 0 || axis == 0 ? rank : std::min(rank, static_cast<std::size_t>(counted));
}

Shaped Concatenate::shape(const Incoming& in) const {
  std::vector<int> out = in.shape.dims();
  const std::size_t along = axis_of(out.size());
  if (along == out.size()) {
    throw Error("invalid_config", in.layer + ": " + std::to_string(axis) +
                                      " is no axis of inputs of " + in.shape.text() + ".");
  }
  for (const Shape* other : in.all.subspan(1)) {
    std::vector<int> dims = other->dims();
    const bool fits = dims.size() == out.size();
    const int more = fits ? dims[along] : 0;
    if (fits) dims[along] = out[along];
    if (dims != out) fail(in, "inputs that differ in the axis of concatenation alone from", *other);
    out[along] += more;
  }
  return {Shape(std::move(out))};
}

}  // namespace ziffer::nn
