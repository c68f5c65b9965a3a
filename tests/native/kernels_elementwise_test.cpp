// The elementwise kernels: the scalar ones against their definitions in double, every variant
// against the scalar one, bit for bit, at sizes that straddle the vector.
#include "kernels/elementwise.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "core/rng.hpp"

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

/// Every variant of an in-place kernel, and the kernel itself, against the table's scalar row.
template <std::size_t N>
void check_in_place(const Variant<InPlaceFn> (&variants)[N], InPlaceFn* chosen) {
  REQUIRE(std::string(variants[0].name) == "scalar");
  for (const std::size_t n : kSizes) {
    const std::vector<float> x = lively(n, n + 1);
    const std::vector<float> want = result(x, variants[0].run);
    for (const auto& v : variants) {
      CAPTURE(v.name);
      CAPTURE(n);
      check_same(result(x, v.run), want);
    }
    check_same(result(x, chosen), want);
  }
}

template <std::size_t N>
void check_gradient_variants(const Variant<GradientFn> (&variants)[N], GradientFn* chosen) {
  REQUIRE(std::string(variants[0].name) == "scalar");
  for (const std::size_t n : kSizes) {
    const std::vector<float> y = lively(n, n + 1), dy = lively(n, n + 2);
    const auto run = [&](GradientFn* f) {
      return result(dy, [&](std::span<float> d) { f(y, d); });
    };
    const std::vector<float> want = run(variants[0].run);
    for (const auto& v : variants) {
      CAPTURE(v.name);
      CAPTURE(n);
      check_same(run(v.run), want);
    }
    check_same(run(chosen), want);
  }
}

/// dz of the kernel against the slope of Σ f(z)·dy in double, f given elementwise.
template <class F>
void check_slope(InPlaceFn* forward, GradientFn* gradient, F f) {
  const std::vector<float> z = gentle(50, 1), dy = gentle(50, 2);
  const std::vector<float> y = result(z, forward);
  const std::vector<float> dz = result(dy, [&](std::span<float> d) { gradient(y, d); });
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double at = static_cast<double>(z[i]), h = 1e-6;
    CHECK(static_cast<double>(y[i]) == doctest::Approx(f(at)).epsilon(1e-6));
    const double slope = (f(at + h) - f(at - h)) / (2 * h) * static_cast<double>(dy[i]);
    CHECK(std::abs(static_cast<double>(dz[i]) - slope) < 2e-6);
  }
}

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

TEST_CASE("every variant of an activation equals the scalar one, bit for bit") {
  check_in_place(kReluVariants, &relu);
  check_in_place(kSigmoidVariants, &kernels::sigmoid);
  check_in_place(kTanhVariants, &kernels::tanh);
}

TEST_CASE("every variant of a derivative, and of addition, equals the scalar one, bit for bit") {
  check_gradient_variants(kReluGradientVariants, &relu_gradient);
  check_gradient_variants(kSigmoidGradientVariants, &sigmoid_gradient);
  check_gradient_variants(kTanhGradientVariants, &tanh_gradient);
  check_gradient_variants(kAddVariants, &add);
}

TEST_CASE("activations are what they are called, and their derivatives the slopes") {
  check_slope(&relu, &relu_gradient, [](double z) { return z > 0 ? z : 0.0; });
  check_slope(&kernels::sigmoid, &sigmoid_gradient,
              [](double z) { return 1 / (1 + std::exp(-z)); });
  check_slope(&kernels::tanh, &tanh_gradient, [](double z) { return std::tanh(z); });
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
