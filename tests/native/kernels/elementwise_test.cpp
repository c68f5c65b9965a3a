// The elementwise kernels: the scalar ones against their definitions in double, every variant
// against the scalar one, bit for bit, at sizes that straddle the vector.
#include "kernels/elementwise.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "checks.hpp"
#include "kernels/activation.hpp"

using namespace ziffer;
using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

namespace {

constexpr std::size_t kSizes[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 784};

/// Numbers of every kind that a kernel meets: both signs, both zeros, far out, and what is not
/// finite.
std::vector<float> lively(std::size_t n, std::uint64_t seed) {
  constexpr float kSpecial[] = {0.0F, -0.0F, 1e-30F, -100.0F, 100.0F, kInf, -kInf, kNan};
  Rng rng(seed);
  std::vector<float> out(n);
  for (float& x : out) x = rng.below(5) == 0 ? kSpecial[rng.below(8)] : rng.uniform(-4, 4);
  return out;
}

std::vector<float> gentle(std::size_t n, std::uint64_t seed, float low = -3, float high = 3) {
  return random_floats(n, seed, low, high);
}

/// A kernel that takes a and changes b, over numbers of every kind of each size.
std::vector<float> of_two(void (*f)(std::span<const float>, std::span<float>), std::size_t n) {
  const std::vector<float> a = lively(n, n + 1);
  return result(lively(n, n + 2), [&](std::span<float> b) { f(a, b); });
}

/// What each activation is called, in double.
struct Definition {
  const char* name;
  double (*of)(double);
};

double positive(double z) { return z > 0 ? z : 0; }
double elu(double z) { return z > 0 ? z : std::expm1(z); }

const Definition kDefinitions[] = {
    {"relu", positive},
    {"sigmoid", [](double z) { return 1 / (1 + std::exp(-z)); }},
    {"tanh", [](double z) { return std::tanh(z); }},
    {"elu", elu},
    {"selu",
     [](double z) {
       return 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * std::expm1(z));
     }},
    {"gelu", [](double z) { return z * std::erfc(-z / std::sqrt(2.0)) / 2; }},
    {"silu", [](double z) { return z / (1 + std::exp(-z)); }},
    {"leaky_relu", [](double z) { return z > 0 ? z : 0.2 * z; }},
    {"relu6", [](double z) { return std::clamp(z, 0.0, 6.0); }},
    {"softplus", [](double z) { return std::log1p(std::exp(z)); }},
    {"softsign", [](double z) { return z / (1 + std::abs(z)); }},
    {"hard_sigmoid", [](double z) { return std::clamp(z / 6 + 0.5, 0.0, 1.0); }},
    {"exponential", [](double z) { return std::exp(z); }},
};

}  // namespace

TEST_CASE("a pixel becomes exactly its value as a float divided by 255") {
  std::vector<std::uint8_t> all(256);
  std::iota(all.begin(), all.end(), std::uint8_t{0});
  each_variant(kPixelsVariants, &pixels_to_float, [&](PixelsFn* run) {
    for (const std::size_t n : {0, 1, 3, 4, 5, 7, 8, 9, 255, 256}) {
      const std::span<const std::uint8_t> x = std::span(all).last(n);
      const std::vector<float> y = result(poisoned(n), [&](std::span<float> out) { run(x, out); });
      for (std::size_t i = 0; i < n; ++i)
        CHECK(y[i] == static_cast<float>(static_cast<double>(x[i]) / 255));
    }
  });
}

TEST_CASE("every activation and its derivative equal the scalar ones, bit for bit") {
  const auto vectors = activations(), numbers = scalar_activations();
  REQUIRE(vectors.size() == numbers.size());
  for (std::size_t k = 0; k < vectors.size(); ++k) {
    CAPTURE(vectors[k].name);
    REQUIRE(std::string(vectors[k].name) == numbers[k].name);
    for (const std::size_t n : kSizes) {
      CAPTURE(n);
      check_same(result(lively(n, n + 1), vectors[k].run),
                 result(lively(n, n + 1), numbers[k].run));
      check_same(of_two(vectors[k].gradient, n), of_two(numbers[k].gradient, n));
    }
  }
}

TEST_CASE("every variant of addition equals the scalar one, bit for bit") {
  for (const std::size_t n : kSizes) {
    CAPTURE(n);
    const auto want = of_two(&scalar::add, n);
    each_variant(kAddVariants, &add, [&](AddFn* run) { check_same(of_two(run, n), want); });
  }
}

TEST_CASE("activations are what they are called, and their derivatives the slopes") {
  REQUIRE(std::size(kDefinitions) == activations().size());
  for (std::size_t k = 0; k < activations().size(); ++k) {
    const Activation& kernel = activations()[k];
    const Definition& is = kDefinitions[k];
    REQUIRE(std::string(kernel.name) == is.name);
    CAPTURE(is.name);
    const std::vector<float> z = gentle(200, 1, -8, 8), dy = gentle(200, 2);
    const std::vector<float> y = result(z, kernel.run);
    const std::vector<float> dz = result(
        dy, [&](std::span<float> d) { kernel.gradient(kernel.slope_from_input ? z : y, d); });
    for (std::size_t i = 0; i < z.size(); ++i) {
      CAPTURE(z[i]);
      const double at = static_cast<double>(z[i]), h = 1e-6, want = is.of(at);
      CHECK(std::abs(static_cast<double>(y[i]) - want) < 1e-6 * std::max(1.0, std::abs(want)));
      const double slope = (is.of(at + h) - is.of(at - h)) / (2 * h) * static_cast<double>(dy[i]);
      CHECK(std::abs(static_cast<double>(dz[i]) - slope) < 3e-6 * std::max(1.0, std::abs(slope)));
    }
  }
}

TEST_CASE("addition adds") {
  CHECK(result({1, 2, 3, 4, 5}, [](std::span<float> y) {
          add(std::vector<float>{10, 20, 30, 40, 50}, y);
        }) == std::vector<float>{11, 22, 33, 44, 55});
}

TEST_CASE("affine scales and shifts, in every variant and at every size") {
  each_variant(kAffineVariants, &affine, [](AffineFn* run) {
    CHECK(result(poisoned(5), [&](std::span<float> y) {
            run(std::vector<float>{0, 1, 2, -3, 4}, 2.0F, -0.5F, y);
          }) == std::vector<float>{-0.5F, 1.5F, 3.5F, -6.5F, 7.5F});
    for (const std::size_t n : kSizes) {
      const std::vector<float> x = gentle(n, n);
      const std::vector<float> y =
          result(poisoned(n), [&](std::span<float> out) { run(x, 0x1.8p-3F, 0x1.4p+1F, out); });
      for (std::size_t i = 0; i < n; ++i) {
        const double want = static_cast<double>(x[i]) * 0x1.8p-3 + 0x1.4p+1;
        CHECK(std::abs(static_cast<double>(y[i]) - want) < 4e-7);
      }
    }
  });
}

TEST_CASE("channel_affine scales and shifts each number of a row by its channel's") {
  each_variant(kChannelAffineVariants, &channel_affine, [](ChannelAffineFn* run) {
    for (const std::size_t width : {1, 2, 3, 4, 5, 7, 8, 9, 17}) {
      for (const std::size_t rows : {0, 1, 3}) {
        const std::vector<float> x = gentle(rows * width, 1), scale = gentle(width, 2),
                                 offset = gentle(width, 3);
        const std::vector<float> y =
            result(poisoned(x.size()), [&](std::span<float> out) { run(x, scale, offset, out); });
        for (std::size_t i = 0; i < y.size(); ++i) {
          const double want = static_cast<double>(x[i]) * static_cast<double>(scale[i % width]) +
                              static_cast<double>(offset[i % width]);
          CHECK(std::abs(static_cast<double>(y[i]) - want) < 1.5e-6);
        }
      }
    }
  });
}

TEST_CASE("column sums add row by row, in every variant and at every width") {
  CHECK(result(poisoned(3), [](std::span<float> s) {
          kColumnSumsVariants[0].run(std::vector<float>{1, 2, 3, 10, 20, 30}, 3, s);
        }) == std::vector<float>{11, 22, 33});
  for (const int width : {1, 3, 4, 5, 7, 8, 9, 16, 17}) {
    for (const int rows : {0, 1, 2, 25}) {
      CAPTURE(width);
      CAPTURE(rows);
      const std::vector<float> x = gentle(static_cast<std::size_t>(rows * width), 5);
      const auto run = [&](ColumnSumsFn* f) {
        return result(poisoned(static_cast<std::size_t>(width)),
                      [&](std::span<float> s) { f(x, width, s); });
      };
      const auto want = run(&scalar::column_sums);
      each_variant(kColumnSumsVariants, &column_sums,
                   [&](ColumnSumsFn* f) { check_same(run(f), want); });
    }
  }
}

TEST_CASE("dropout scales what is kept and zeroes the rest, whatever it was") {
  const std::vector<std::uint8_t> keep{1, 0, 255, 0, 1, 0, 0};
  const std::vector<float> x{1, 2, 3, kNan, -5, kInf, 7};
  CHECK(result(poisoned(7), [&](std::span<float> y) { dropout(x, keep, 2.0F, y); }) ==
        std::vector<float>{2, 0, 6, 0, -10, 0, 0});
  Rng rng(3);
  for (const std::size_t n : kSizes) {
    const std::vector<float> some = lively(n, n);
    std::vector<std::uint8_t> mask(n);
    for (std::uint8_t& m : mask) m = static_cast<std::uint8_t>(rng.below(3));
    const auto with = [&](DropoutFn* run) {
      return result(poisoned(n), [&](std::span<float> y) { run(some, mask, 1.25F, y); });
    };
    const auto want = with(&scalar::dropout);
    each_variant(kDropoutVariants, &dropout, [&](DropoutFn* run) { check_same(with(run), want); });
  }
}
