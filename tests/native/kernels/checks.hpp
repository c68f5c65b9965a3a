// What the tests of all kernels need: numbers, arrays that notice a write beyond their end, and a
// table of variants gone through row by row.
#pragma once

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "kernels/variant.hpp"

namespace ziffer::kernels::testing {

inline constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
inline constexpr float kInf = std::numeric_limits<float>::infinity();

inline std::vector<float> random_floats(std::size_t n, std::uint64_t seed, float low = -1,
                                        float high = 1) {
  Rng rng(seed);
  std::vector<float> out(n);
  for (float& x : out) x = rng.uniform(low, high);
  return out;
}

inline std::vector<float> poisoned(std::size_t n) { return std::vector<float>(n, kNan); }

/// Runs f on a span of `start`'s size with canaries behind it, and returns what it holds then.
template <class F>
std::vector<float> result(std::vector<float> start, F f) {
  constexpr float kCanary = 12345.5F;
  const std::size_t n = start.size();
  start.resize(n + 8, kCanary);
  f(std::span<float>(start).first(n));
  for (std::size_t i = n; i < start.size(); ++i) REQUIRE(start[i] == kCanary);
  start.resize(n);
  return start;
}

/// Equal bits, where any NaN equals any other.
inline void check_same(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(i);
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    CHECK(std::bit_cast<std::uint32_t>(a[i]) == std::bit_cast<std::uint32_t>(b[i]));
  }
}

/// Calls f with every row of a table, the scalar one first, and with what the program itself calls.
template <std::size_t N, class Function, class F>
void each_variant(const Variant<Function> (&variants)[N], Function* chosen, F f) {
  REQUIRE(std::string(variants[0].name) == "scalar");
  for (const auto& v : variants) {
    CAPTURE(v.name);
    f(v.run);
  }
  f(chosen);
}

}  // namespace ziffer::kernels::testing
