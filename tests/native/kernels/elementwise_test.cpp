// The elementwise kernels: the scalar ones against their definitions in double, every variant
// against the scalar one, bit for bit, at sizes that straddle the vector.
#include "kernels/elementwise.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "core/rng.hpp"
#include "kernels/activation.hpp"

using namespace ziffer;
using namespace ziffer::kernels;

namespace {

constexpr std::size_t kSizes[] = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 784};
constexpr float kCanary = 12345.5F;
constexpr std::size_t kCanaries = 8;
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

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
  Rng rng(seed);
  std::vector<float> out(n);
  for (float& x : out) x = rng.uniform(low, high);
  return out;
}

/// Runs f on a span of `start`'s size with canaries behind it, and returns what it holds then.
template <class F>
std::vector<float> result(std::vector<float> start, F f) {
  const std::size_t n = start.size();
  start.resize(n + kCanaries, kCanary);
  f(std::span<float>(start).first(n));
  for (std::size_t i = n; i < start.size(); ++i) REQUIRE(start[i] == kCanary);
  start.resize(n);
  return start;
}

std::vector<float> poisoned(std::size_t n) { return std::vector<float>(n, kNan); }

/// Equal bits, where any NaN equals any other.
void check_same(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CAPTURE(i);
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    CHECK(std::bit_cast<std::uint32_t>(a[i]) == std::bit_cast<std::uint32_t>(b[i]));
  }
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

/// Rows of softmax in double.
std::vector<double> true_softmax(const std::vector<double>& z) {
  double total = 0;
  for (const double v : z) total += std::exp(v);
  std::vector<double> out;
  for (const double v : z) out.push_back(std::exp(v) / total);
  return out;
}

}  // namespace

TEST_CASE("a pixel becomes exactly its value as a float divided by 255") {
  std::vector<std::uint8_t> all(256);
  std::iota(all.begin(), all.end(), std::uint8_t{0});
  for (const auto& v : kPixelsVariants) {
    CAPTURE(v.name);
    for (const std::size_t n : {0, 1, 3, 4, 5, 7, 8, 9, 255, 256}) {
      const std::span<const std::uint8_t> x = std::span(all).last(n);
      const std::vector<float> y =
          result(poisoned(n), [&](std::span<float> out) { v.run(x, out); });
      for (std::size_t i = 0; i < n; ++i) CHECK(y[i] == static_cast<float>(x[i]) / 255.0F);
    }
  }
  const std::vector<float> y =
      result(poisoned(256), [&](std::span<float> out) { pixels_to_float(all, out); });
  for (std::size_t i = 0; i < 256; ++i)
    CHECK(y[i] == static_cast<float>(static_cast<double>(i) / 255));
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
    for (const auto& v : kAddVariants) check_same(of_two(v.run, n), of_two(&add, n));
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

TEST_CASE("log_softmax is the logarithm of softmax, and its derivative the slope") {
  for (const int width : {1, 2, 3, 4, 5, 7, 8, 9, 10, 17}) {
    CAPTURE(width);
    const auto n = static_cast<std::size_t>(width);
    const std::vector<float> z = gentle(n, 8), dy = gentle(n, 9);
    const std::vector<double> exact(z.begin(), z.end());
    const std::vector<double> p = true_softmax(exact);
    const std::vector<float> y = result(z, [&](std::span<float> r) { log_softmax(r, width); });
    const std::vector<float> dz =
        result(dy, [&](std::span<float> d) { log_softmax_gradient(y, width, d); });
    const double total = std::accumulate(dy.begin(), dy.end(), 0.0);
    for (std::size_t j = 0; j < n; ++j) {
      CHECK(std::abs(static_cast<double>(y[j]) - std::log(p[j])) < 2e-6);
      CHECK(std::abs(static_cast<double>(dz[j]) - (static_cast<double>(dy[j]) - p[j] * total)) <
            5e-6);
    }
  }
}

TEST_CASE("channel_affine scales and shifts each number of a row by its channel's") {
  for (const std::size_t width : {1, 2, 3, 4, 5, 7, 8, 9, 17}) {
    for (const std::size_t rows : {0, 1, 3}) {
      const std::vector<float> x = gentle(rows * width, 1), scale = gentle(width, 2),
                               offset = gentle(width, 3);
      const std::vector<float> y =
          result(poisoned(x.size()), [&](auto out) { channel_affine(x, scale, offset, out); });
      for (std::size_t i = 0; i < y.size(); ++i) {
        CHECK(y[i] == x[i] * scale[i % width] + offset[i % width]);
      }
    }
  }
}

TEST_CASE("addition adds, and affine scales and shifts") {
  CHECK(result({1, 2, 3, 4, 5}, [](std::span<float> y) {
          add(std::vector<float>{10, 20, 30, 40, 50}, y);
        }) == std::vector<float>{11, 22, 33, 44, 55});
  CHECK(result(poisoned(5), [](std::span<float> y) {
          affine(std::vector<float>{0, 1, 2, -3, 4}, 2.0F, -0.5F, y);
        }) == std::vector<float>{-0.5F, 1.5F, 3.5F, -6.5F, 7.5F});
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
      for (const auto& v : kColumnSumsVariants)
        check_same(run(v.run), run(kColumnSumsVariants[0].run));
      check_same(run(&column_sums), run(kColumnSumsVariants[0].run));
    }
  }
}

TEST_CASE("softmax is the normalised exponential of each row") {
  for (const int width : {1, 2, 3, 4, 5, 7, 8, 9, 10, 17}) {
    CAPTURE(width);
    const std::vector<float> z = gentle(3 * static_cast<std::size_t>(width), 6);
    const std::vector<float> y = result(z, [&](std::span<float> r) { softmax(r, width); });
    for (std::size_t row = 0; row < y.size(); row += static_cast<std::size_t>(width)) {
      const auto first = z.begin() + static_cast<std::ptrdiff_t>(row);
      const std::vector<double> want = true_softmax({first, first + width});
      double total = 0;
      for (std::size_t j = 0; j < want.size(); ++j) {
        CHECK(static_cast<double>(y[row + j]) == doctest::Approx(want[j]).epsilon(1e-6));
        total += static_cast<double>(y[row + j]);
      }
      CHECK(total == doctest::Approx(1).epsilon(1e-6));
    }
  }
}

TEST_CASE("softmax does not feel a shift, and huge logits stay finite") {
  const std::vector<float> z{1, 2, 3, 4, 5, 6.5F};
  std::vector<float> shifted = z;
  for (float& v : shifted) v += 4096.0F;  // exact in float
  const auto run = [](std::vector<float> x) {
    return result(std::move(x), [](std::span<float> r) { softmax(r, 6); });
  };
  CHECK(run(z) == run(shifted));
  CHECK(run({1e4F, -1e4F, 0, 3e38F, -3e38F, 1}) == std::vector<float>{0, 0, 0, 1, 0, 0});
  CHECK(run({-1e30F, -1e30F, -1e30F, -1e30F, -1e30F, -1e30F})[0] == doctest::Approx(1.0 / 6));
}

TEST_CASE("the derivative of softmax is the slope that central differences measure") {
  for (const int width : {1, 2, 5, 10}) {
    const auto n = static_cast<std::size_t>(width);
    const std::vector<float> z = gentle(2 * n, 8), dy = gentle(2 * n, 9);
    const std::vector<float> y = result(z, [&](std::span<float> r) { softmax(r, width); });
    const std::vector<float> dz =
        result(dy, [&](std::span<float> d) { softmax_gradient(y, width, d); });
    for (std::size_t i = 0; i < z.size(); ++i) {
      const std::size_t row = i / n * n;
      const auto loss = [&](double step) {
        std::vector<double> moved(z.begin() + static_cast<std::ptrdiff_t>(row),
                                  z.begin() + static_cast<std::ptrdiff_t>(row + n));
        moved[i - row] += step;
        const std::vector<double> p = true_softmax(moved);
        double sum = 0;
        for (std::size_t j = 0; j < n; ++j) sum += p[j] * static_cast<double>(dy[row + j]);
        return sum;
      };
      CHECK(std::abs(static_cast<double>(dz[i]) - (loss(1e-5) - loss(-1e-5)) / 2e-5) < 2e-6);
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
    const auto with = [&](const auto& variant) {
      return result(poisoned(n), [&](std::span<float> y) { variant.run(some, mask, 1.25F, y); });
    };
    check_same(with(kDropoutVariants[1]), with(kDropoutVariants[0]));
  }
}
