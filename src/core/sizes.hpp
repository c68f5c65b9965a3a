// Sizes that are products. In WebAssembly a size has 32 bits, and a product that wraps there
// becomes a small buffer that is written far beyond its end: every such size is formed here.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace ziffer {

/// a · b, or the largest number there is where 64 bits cannot hold it. Not inline: WebAssembly has
/// no such product, and the code that stands for it would be repeated a hundred times.
[[gnu::noinline]] constexpr std::uint64_t saturating_product(std::uint64_t a,
                                                             std::uint64_t b) noexcept {
  std::uint64_t out = 0;
  if (__builtin_mul_overflow(a, b, &out)) return std::numeric_limits<std::uint64_t>::max();
  return out;
}

/// The product of whole numbers of at least 0 in 64 bits, however wide a size is: for limits.
template <std::integral... T>
constexpr std::uint64_t count_of(T... factors) noexcept {
  std::uint64_t out = 1;
  ((out = saturating_product(out, static_cast<std::uint64_t>(factors))), ...);
  return out;
}

/// The product as a size. What a size cannot count is the largest that it can, which no allocation
/// grants.
template <std::integral... T>
constexpr std::size_t size_of(T... factors) noexcept {
  constexpr std::uint64_t kMost = std::numeric_limits<std::size_t>::max();
  const std::uint64_t out = count_of(factors...);
  return static_cast<std::size_t>(out < kMost ? out : kMost);
}

/// The sum of sizes, held at the largest one likewise.
template <std::same_as<std::size_t>... T>
constexpr std::size_t sum_of(T... sizes) noexcept {
  std::size_t out = 0;
  ((out = __builtin_add_overflow(out, sizes, &out) ? std::numeric_limits<std::size_t>::max() : out),
   ...);
  return out;
}

}  // namespace ziffer
