// Softmax and its logarithm over rows: the kernels against their definitions in double, every
// variant against the scalar one, bit for bit, at widths around the vector's.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "checks.hpp"
#include "kernels/elementwise.hpp"

using namespace ziffer;
using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

namespace {

constexpr int kWidths[] = {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17};

/// Rows of softmax in double.
std::vector<double> true_softmax(const std::vector<double>& z) {
  double total = 0;
  for (const double v : z) total += std::exp(v);
  std::vector<double> out;
  for (const double v : z) out.push_back(std::exp(v) / total);
  return out;
}

}  // namespace

TEST_CASE("log_softmax is the logarithm of softmax, and its derivative the slope") {
  for (const int width : kWidths) {
    CAPTURE(width);
    const auto n = static_cast<std::size_t>(width);
    const std::vector<float> z = random_floats(n, 8, -3, 3), dy = random_floats(n, 9, -3, 3);
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

TEST_CASE("softmax is the normalised exponential of each row") {
  for (const int width : kWidths) {
    CAPTURE(width);
    const std::vector<float> z = random_floats(3 * static_cast<std::size_t>(width), 6, -3, 3);
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
    const std::vector<float> z = random_floats(2 * n, 8, -3, 3),
                             dy = random_floats(2 * n, 9, -3, 3);
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

TEST_CASE(
    "every variant of softmax gives the scalar one's bits, far out and for what is no number") {
  for (const int width : kWidths) {
    CAPTURE(width);
    const auto n = static_cast<std::size_t>(width);
    std::vector<float> z = random_floats(4 * n, n, -100, 100);
    z[n] = kInf;
    z[2 * n] = kNan;
    z[4 * n - 1] = 3e38F;
    const auto of = [&](SoftmaxFn* run) {
      return result(z, [&](std::span<float> rows) { run(rows, width); });
    };
    const auto want = of(&scalar::softmax), want_log = of(&scalar::log_softmax);
    each_variant(kSoftmaxVariants, &softmax, [&](SoftmaxFn* run) { check_same(of(run), want); });
    each_variant(kLogSoftmaxVariants, &log_softmax,
                 [&](SoftmaxFn* run) { check_same(of(run), want_log); });
  }
}

TEST_CASE("every variant of softmax's derivatives gives the scalar one's bits") {
  for (const int width : kWidths) {
    CAPTURE(width);
    const auto n = 3 * static_cast<std::size_t>(width);
    const std::vector<float> y = random_floats(n, 1, -3, 0), dy = random_floats(n, 2);
    const auto of = [&](SoftmaxGradientFn* run) {
      return result(dy, [&](std::span<float> d) { run(y, width, d); });
    };
    const auto want = of(&scalar::softmax_gradient), want_log = of(&scalar::log_softmax_gradient);
    each_variant(kSoftmaxGradientVariants, &softmax_gradient,
                 [&](SoftmaxGradientFn* run) { check_same(of(run), want); });
    each_variant(kLogSoftmaxGradientVariants, &log_softmax_gradient,
                 [&](SoftmaxGradientFn* run) { check_same(of(run), want_log); });
  }
}
