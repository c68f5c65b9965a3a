// A function of four numbers, applied to as many as there are.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "core/simd.hpp"

namespace ziffer::kernels::simd128 {

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

}  // namespace ziffer::kernels::simd128
