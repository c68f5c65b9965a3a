#include "kernels/normalization.hpp"

#include <algorithm>

#include "kernels/lanes.hpp"

namespace ziffer::kernels {
namespace {

/// Rows are summed in blocks and the blocks' sums then: a sum of a hundred thousand numbers one
/// after the other would lose two digits.
constexpr std::size_t kBlock = 64;

struct Scalar {
  static constexpr std::size_t kWidth = 1;
  using Number = float;
  static float load(const float* p) { return *p; }
  static void store(float* p, float v) { *p = v; }
  static float zero() { return 0; }
};

struct Simd {
  static constexpr std::size_t kWidth = kLanes;
  using Number = f32x4;
  static f32x4 load(const float* p) { return ziffer::load(p); }
  static void store(float* p, f32x4 v) { ziffer::store(p, v); }
  static f32x4 zero() { return splat(0.0F); }
};

/// Calls body(lanes, channel) for as many channels at once as Lanes holds, then for each of the
/// last few.
template <class Lanes, class Body>
void each_channel(std::size_t channels, Body body) {
  std::size_t c = 0;
  for (; c + Lanes::kWidth <= channels; c += Lanes::kWidth) body(Lanes{}, c);
  for (; c < channels; ++c) body(Scalar{}, c);
}

/// Adds up term(place) over the rows of one channel, or of as many as Lanes holds.
template <class Lanes, class Term>
typename Lanes::Number block_sum(std::size_t size, std::size_t channels, std::size_t c, Term term) {
  auto total = Lanes::zero();
  for (std::size_t first = c; first < size; first += kBlock * channels) {
    const std::size_t end = std::min(size, first + kBlock * channels);
    auto sum = Lanes::zero();
    for (std::size_t i = first; i < end; i += channels) sum += term(i);
    total += sum;
  }
  return total;
}

template <class Lanes>
void moments_of(std::span<const float> x, std::span<float> mean, std::span<float> squares) {
  const std::size_t channels = mean.size();
  const auto rows = static_cast<float>(x.size() / channels);
  each_channel<Lanes>(channels, [&]<class L>(L, std::size_t c) {
    const auto m =
        block_sum<L>(x.size(), channels, c, [&](std::size_t i) { return L::load(&x[i]); }) / rows;
    L::store(&mean[c], m);
    L::store(&squares[c], block_sum<L>(x.size(), channels, c, [&](std::size_t i) {
      const auto distance = L::load(&x[i]) - m;
      return distance * distance;
    }));
  });
}

template <class Lanes>
void sums_of(std::span<const float> x, std::span<const float> mean, std::span<const float> dy,
             std::span<float> sums, std::span<float> products) {
  const std::size_t channels = mean.size();
  each_channel<Lanes>(channels, [&]<class L>(L, std::size_t c) {
    const auto m = L::load(&mean[c]);
    const auto slope = [&](std::size_t i) { return L::load(&dy[i]); };
    const auto product = [&](std::size_t i) { return L::load(&dy[i]) * (L::load(&x[i]) - m); };
    L::store(&sums[c], block_sum<L>(x.size(), channels, c, slope));
    L::store(&products[c], block_sum<L>(x.size(), channels, c, product));
  });
}

template <class Lanes>
void gradient_of(const NormalizationSlopes& s, std::span<const float> x, std::span<const float> dy,
                 std::span<float> dx) {
  const std::size_t channels = s.mean.size();
  for (std::size_t row = 0; row < x.size(); row += channels) {
    each_channel<Lanes>(channels, [&]<class L>(L, std::size_t c) {
      const auto at = [c](std::span<const float> numbers) { return L::load(&numbers[c]); };
      const std::size_t i = row + c;
      L::store(&dx[i], L::load(&dy[i]) * at(s.of_dy) +
                           ((L::load(&x[i]) - at(s.mean)) * at(s.of_x) + at(s.constant)));
    });
  }
}

}  // namespace

namespace scalar {

void moments(std::span<const float> x, std::span<float> mean, std::span<float> squares) {
  moments_of<Scalar>(x, mean, squares);
}
void normalization_sums(std::span<const float> x, std::span<const float> mean,
                        std::span<const float> dy, std::span<float> sums,
                        std::span<float> products) {
  sums_of<Scalar>(x, mean, dy, sums, products);
}
void normalization_gradient(const NormalizationSlopes& slopes, std::span<const float> x,
                            std::span<const float> dy, std::span<float> dx) {
  gradient_of<Scalar>(slopes, x, dy, dx);
}

}  // namespace scalar

namespace simd128 {

void moments(std::span<const float> x, std::span<float> mean, std::span<float> squares) {
  moments_of<Simd>(x, mean, squares);
}
void normalization_sums(std::span<const float> x, std::span<const float> mean,
                        std::span<const float> dy, std::span<float> sums,
                        std::span<float> products) {
  sums_of<Simd>(x, mean, dy, sums, products);
}
void normalization_gradient(const NormalizationSlopes& slopes, std::span<const float> x,
                            std::span<const float> dy, std::span<float> dx) {
  gradient_of<Simd>(slopes, x, dy, dx);
}

}  // namespace simd128

void moments(std::span<const float> x, std::span<float> mean, std::span<float> squares) {
  simd128::moments(x, mean, squares);
}
void normalization_sums(std::span<const float> x, std::span<const float> mean,
                        std::span<const float> dy, std::span<float> sums,
                        std::span<float> products) {
  simd128::normalization_sums(x, mean, dy, sums, products);
}
void normalization_gradient(const NormalizationSlopes& slopes, std::span<const float> x,
                            std::span<const float> dy, std::span<float> dx) {
  simd128::normalization_gradient(slopes, x, dy, dx);
}

}  // namespace ziffer::kernels
