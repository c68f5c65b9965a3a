// The random generator: its bits are part of every published run, and its distributions are what
// they are called.
#include "core/rng.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

using namespace ziffer;

namespace {

struct Moments {
  double mean, variance, skew, kurtosis;
};

template <class Draw>
Moments moments(int n, Draw draw) {
  std::vector<double> x(static_cast<std::size_t>(n));
  for (double& v : x) v = static_cast<double>(draw());
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
  double m2 = 0, m3 = 0, m4 = 0;
  for (const double v : x) {
    const double d = v - mean;
    m2 += d * d / n;
    m3 += d * d * d / n;
    m4 += d * d * d * d / n;
  }
  return {mean, m2, m3 / std::pow(m2, 1.5), m4 / (m2 * m2)};
}

template <class Draw>
auto take(int n, Draw draw) {
  std::vector<decltype(draw())> out;
  for (int i = 0; i < n; ++i) out.push_back(draw());
  return out;
}

}  // namespace

TEST_CASE("the same seed and stream give the same numbers, today and for ever") {
  Rng a(42), b(0, 7);
  CHECK(take(4, [&] { return a.next(); }) ==
        std::vector<std::uint32_t>{0xc21ec98eU, 0x117f45ccU, 0xf4c05120U, 0xbc9427aaU});
  CHECK(take(4, [&] { return b.next(); }) ==
        std::vector<std::uint32_t>{0x8050eb89U, 0x75e63d76U, 0x38415623U, 0xa801e140U});
  Rng c(42);
  CHECK(c.uniform() == 0x1.843d92p-1F);
  CHECK(c.normal() == 0x1.f287ep-1F);
  CHECK(c.normal() == -0x1.ccb12ep-1F);
  CHECK(c.truncated_normal() == -0x1.c60f86p+0F);
  CHECK(c.below(1000) == 14U);
  std::vector<std::uint32_t> order(10);
  std::iota(order.begin(), order.end(), 0U);
  c.shuffle(order);
  CHECK(order == std::vector<std::uint32_t>{8, 7, 0, 3, 4, 5, 6, 2, 9, 1});
}

TEST_CASE("different seeds and different streams share no beginning") {
  std::vector<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    for (std::uint64_t stream = 0; stream < 40; ++stream) {
      Rng rng(seed, stream);
      const std::uint64_t high = rng.next();
      first.push_back(high << 32 | rng.next());
    }
  }
  std::ranges::sort(first);
  CHECK(std::ranges::adjacent_find(first) == first.end());
}

TEST_CASE("two streams of one seed are uncorrelated") {
  Rng a(1, 0), b(1, 1);
  double sum = 0;
  constexpr int kDraws = 100000;
  for (int i = 0; i < kDraws; ++i) {
    sum += static_cast<double>(a.uniform(-1, 1)) * static_cast<double>(b.uniform(-1, 1));
  }
  CHECK(std::abs(sum / kDraws) < 5.0 / 3.0 / std::sqrt(kDraws));
}

TEST_CASE("uniform lies in [0, 1), on multiples of 2^-24, with the mean and variance of its name") {
  Rng rng(3);
  const Moments m = moments(200000, [&] {
    const float x = rng.uniform();
    REQUIRE((x >= 0.0F && x < 1.0F));
    REQUIRE(x * 0x1p24F == std::floor(x * 0x1p24F));
    return x;
  });
  CHECK(m.mean == doctest::Approx(0.5).epsilon(0.005));
  CHECK(m.variance == doctest::Approx(1.0 / 12).epsilon(0.01));
  for (int i = 0; i < 10000; ++i) {
    const float x = rng.uniform(-3.0F, -1.0F);
    REQUIRE((x >= -3.0F && x < -1.0F));
  }
}

TEST_CASE("normal has the first four moments of a standard normal, and both of a pair are used") {
  Rng rng(4);
  const Moments m = moments(400000, [&] { return rng.normal(); });
  CHECK(std::abs(m.mean) < 0.008);
  CHECK(m.variance == doctest::Approx(1).epsilon(0.01));
  CHECK(std::abs(m.skew) < 0.02);
  CHECK(m.kurtosis == doctest::Approx(3).epsilon(0.02));

  // Neighbours come from one pair of the polar method: uncorrelated all the same.
  double product = 0;
  constexpr int kPairs = 100000;
  for (int i = 0; i < kPairs; ++i) {
    const float first = rng.normal();
    product += static_cast<double>(first) * static_cast<double>(rng.normal());
  }
  CHECK(std::abs(product / kPairs) < 0.016);
}

TEST_CASE("the truncated normal stays within two deviations and has Keras's reduced deviation") {
  Rng rng(5);
  const Moments m = moments(400000, [&] {
    const float x = rng.truncated_normal();
    REQUIRE((x > -2.0F && x < 2.0F));
    return x;
  });
  CHECK(std::abs(m.mean) < 0.008);
  CHECK(std::sqrt(m.variance) == doctest::Approx(0.87962566103423978).epsilon(0.005));
}

TEST_CASE("below is uniform over its range, for bounds that divide 2^32 and bounds that do not") {
  Rng rng(6);
  for (const std::uint32_t bound : {1U, 2U, 3U, 10U, 16U, 37U}) {
    CAPTURE(bound);
    std::vector<int> seen(bound);
    constexpr int kEach = 4000;
    for (std::uint32_t i = 0; i < bound * kEach; ++i) {
      const std::uint32_t x = rng.below(bound);
      REQUIRE(x < bound);
      ++seen[x];
    }
    for (const int n : seen) CHECK(std::abs(n - kEach) < 5 * std::sqrt(kEach));
  }
}

TEST_CASE("below has no bias even where the remainder of 2^32 is a third of the range") {
  // Multiplying without rejection would give every third number twice as often as the two others.
  Rng rng(7);
  constexpr std::uint32_t kBound = 3U << 30;
  std::array<int, 3> seen{};
  constexpr int kDraws = 60000;
  for (int i = 0; i < kDraws; ++i) ++seen[rng.below(kBound) % 3];
  for (const int n : seen) CHECK(std::abs(n - kDraws / 3) < 600);
}

TEST_CASE("shuffle permutes, and every value reaches every place equally often") {
  Rng rng(8);
  constexpr std::size_t kSize = 6;
  std::array<std::array<int, kSize>, kSize> seen{};
  constexpr int kTimes = 24000;
  for (int i = 0; i < kTimes; ++i) {
    std::vector<std::uint32_t> v(kSize);
    std::iota(v.begin(), v.end(), 0U);
    rng.shuffle(v);
    for (std::size_t place = 0; place < kSize; ++place) ++seen[place][v[place]];
    std::ranges::sort(v);
    for (std::size_t k = 0; k < kSize; ++k) REQUIRE(v[k] == k);
  }
  for (const auto& place : seen) {
    for (const int n : place) CHECK(std::abs(n - kTimes / 6) < 320);
  }
  std::vector<std::uint32_t> none, one{9};
  rng.shuffle(none);
  rng.shuffle(one);
  CHECK(one == std::vector<std::uint32_t>{9});
}
