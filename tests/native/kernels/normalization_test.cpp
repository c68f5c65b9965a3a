// Sums and slopes of normalizing by a batch, against their definitions.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "checks.hpp"
#include "core/rng.hpp"
#include "kernels/normalization.hpp"

namespace ziffer::kernels {

namespace {

std::vector<float> numbers(std::size_t n, std::uint64_t seed, float around) {
  Rng rng(seed);
  std::vector<float> out(n);
  for (float& v : out) v = around + rng.uniform(-1, 1);
  return out;
}

bool same(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("moments, sums and slopes of normalization are their definitions in every variant") {
  for (const std::size_t channels : {1U, 2U, 3U, 4U, 5U, 8U, 9U, 17U}) {
    for (const std::size_t rows : {1U, 2U, 63U, 64U, 65U, 1000U}) {
      CAPTURE(channels);
      CAPTURE(rows);
      const std::vector<float> x = numbers(rows * channels, 1, 3), dy = numbers(x.size(), 2, 0);
      std::vector<float> mean(channels), squares(channels), sums(channels), products(channels);
      scalar::moments(x, mean, squares);
      scalar::normalization_sums(x, mean, dy, sums, products);
      for (std::size_t c = 0; c < channels; ++c) {
        double m = 0, s = 0, d = 0, p = 0;
        for (std::size_t r = 0; r < rows; ++r) m += double{x[r * channels + c]} / double(rows);
        for (std::size_t r = 0; r < rows; ++r) {
          const double apart = x[r * channels + c] - m, slope = dy[r * channels + c];
          s += apart * apart;
          d += slope;
          p += slope * apart;
        }
        CHECK(std::abs(mean[c] - m) < 1e-6 * 4);
        CHECK(std::abs(squares[c] - s) < 1e-5 * (s + 1));
        CHECK(std::abs(sums[c] - d) < 1e-5 * std::sqrt(double(rows)));
        CHECK(std::abs(products[c] - p) < 1e-5 * std::sqrt(double(rows)));
      }
      for (const auto& variant : kMomentsVariants) {
        std::vector<float> a(channels), b(channels);
        variant.run(x, a, b);
        CHECK(same(a, mean));
        CHECK(same(b, squares));
      }
      for (const auto& variant : kNormalizationSumsVariants) {
        std::vector<float> a(channels), b(channels);
        variant.run(x, mean, dy, a, b);
        CHECK(same(a, sums));
        CHECK(same(b, products));
      }
      const NormalizationSlopes slopes{mean, squares, sums, products};
      std::vector<float> dx(x.size());
      scalar::normalization_gradient(slopes, x, dy, dx);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const std::size_t c = i % channels;
        const double want =
            double{dy[i]} * squares[c] + (double{x[i]} - mean[c]) * sums[c] + products[c];
        CHECK(std::abs(dx[i] - want) <= 1e-6 * (std::abs(double{dy[i]} * squares[c]) +
                                                std::abs((double{x[i]} - mean[c]) * sums[c]) +
                                                std::abs(double{products[c]}) + 1));
      }
      for (const auto& variant : kNormalizationGradientVariants) {
        std::vector<float> other(x.size());
        variant.run(slopes, x, dy, other);
        CHECK(same(other, dx));
      }
    }
  }
}

}  // namespace ziffer::kernels
