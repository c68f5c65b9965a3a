#include <algorithm>

#include "nn/layers/concatenate.hpp"
#include "nn/layers/merge.hpp"

namespace ziffer::nn {
namespace {

[[noreturn]] void fail(const Incoming& in, const char* expected, const Shape& got) {
  throw Error("shape_mismatch", in.layer + ": expected " + expected + " " + in.shape.text() +
                                    ", got " + got.text() + ".");
}

}  // namespace

Shape merged(const Incoming& in) {
  std::vector<int> out = in.shape.dims();
  for (const Shape* other : in.all) {
    std::vector<int> dims = other->dims();
    while (dims.size() < out.size()) dims.insert(dims.begin(), 1);
    while (out.size() < dims.size()) out.insert(out.begin(), 1);
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
