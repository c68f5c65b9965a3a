// Numbers in vectors of four, as many as there are: how many vectors they take, and what is done to
// all of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#include "core/simd.hpp"

namespace ziffer::kernels {

/// Of places and distances in memory: signed, so that a distance may point back.
using Index = std::ptrdiff_t;

/// Vectors that hold n numbers, the last one perhaps in part.
constexpr int vectors_of(int n) { return (n + kLanes - 1) / kLanes; }
/// The numbers that these vectors have room for.
constexpr int padded(int n) { return vectors_of(n) * kLanes; }

/// Four bytes as whole numbers; Byte says whether they are read with a sign.
template <class Byte>
i32x4 load_bytes(const std::uint8_t* from) {
  using Bytes [[gnu::vector_size(4)]] = Byte;
  Bytes bytes;
  std::memcpy(&bytes, from, sizeof bytes);
  return __builtin_convertvector(bytes, i32x4);
}

/// Calls f with n as a constant, which a template takes; n is from 1 to kMost.
template <int kMost, class F>
void with_constant(int n, F f) {
  if (n == kMost)
    f(std::integral_constant<int, kMost>{});
  else if constexpr (kMost > 1)
    with_constant<kMost - 1>(n, f);
}

namespace simd128 {

inline constexpr std::size_t kStep = kLanes;

/// Applies f to whole vectors and to the remainder, padded with zeros.
template <class F>
void in_place(std::span<float> y, F f) {
  std::size_t i = 0;
  for (; i + kStep <= y.size(); i += kStep) store(&y[i], f(load(&y[i])));
  if (i == y.size()) return;
  float rest[kStep] = {};
  std::copy(y.begin() + static_cast<std::ptrdiff_t>(i), y.end(), rest);
  store(rest, f(load(rest)));
  std::copy(rest, rest + (y.size() - i), y.begin() + static_cast<std::ptrdiff_t>(i));
}

/// b[i] = f(a[i], b[i]), vectors first, then one at a time through a padded vector.
template <class F>
void combine(std::span<const float> a, std::span<float> b, F f) {
  std::size_t i = 0;
  for (; i + kStep <= a.size(); i += kStep) store(&b[i], f(load(&a[i]), load(&b[i])));
  for (; i < a.size(); ++i) b[i] = f(splat(a[i]), splat(b[i]))[0];
}

}  // namespace simd128

}  // namespace ziffer::kernels
