// Random numbers of our own: the standard library's distributions differ between implementations,
// and one seed must give one run. Everything random in Ziffer (initial weights, shuffling, dropout)
// draws from streams of this generator.
#pragma once

#include <cstdint>
#include <span>

namespace ziffer {

/// PCG32 (O'Neill 2014, XSH-RR): 64 bits of state, an independent sequence for each stream.
class Rng {
 public:
  explicit Rng(std::uint64_t seed, std::uint64_t stream = 0);

  std::uint32_t next();

  /// Uniform in [0, 1), a multiple of 2^-24.
  float uniform() { return static_cast<float>(next() >> 8) * 0x1p-24F; }

  /// Uniform in [low, high).
  float uniform(float low, float high) { return low + (high - low) * uniform(); }

  /// Standard normal, by Marsaglia's polar method (one of the pair is kept for the next call).
  float normal();

  /// Standard normal, drawn again until it lies within two standard deviations: Keras's truncated
  /// normal.
  float truncated_normal();

  /// Uniform in [0, bound), without bias (Lemire 2019).
  std::uint32_t below(std::uint32_t bound);

  /// Fisher–Yates.
  void shuffle(std::span<std::uint32_t> values);

 private:
  std::uint64_t state_;
  std::uint64_t increment_;
  float spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace ziffer
