// Adadelta, Adagrad, Adamax, Nadam and Lion against their definitions in double precision, and
// every variant against the scalar one.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "checks.hpp"
#include "kernels/optimizer.hpp"

namespace ziffer::kernels {

namespace {

using testing::each_variant;
using testing::random_floats;
constexpr int kSteps = 12;

/// Weights and two slots, after some steps.
struct State {
  std::vector<float> w, a, b;

  explicit State(std::size_t n) : w(random_floats(n, 1)), a(n, 0.125F), b(n, 0.25F) {}

  bool same_as(const State& other) const {
    const auto same = [](const std::vector<float>& x, const std::vector<float>& y) {
      return std::memcmp(x.data(), y.data(), x.size() * sizeof(float)) == 0;
    };
    return same(w, other.w) && same(a, other.a) && same(b, other.b);
  }
};

/// Some of it exactly 0, where a sign has to be none.
std::vector<float> gradient_of(std::size_t n, int step) {
  std::vector<float> g = random_floats(n, 50 + static_cast<std::uint64_t>(step));
  for (std::size_t i = 0; i < n; i += 3) g[i] = 0;
  return g;
}

/// update(run, gradient, state) is one step by this variant; define(g, w, a, b) the same on
/// doubles.
template <std::size_t N, class Function>
void check(const Variant<Function> (&variants)[N], Function* chosen, auto update, auto define) {
  for (const std::size_t n : {1U, 2U, 3U, 4U, 5U, 7U, 8U, 9U, 17U}) {
    CAPTURE(n);
    State reference(n);
    std::vector<double> w(reference.w.begin(), reference.w.end()), a(n, 0.125), b(n, 0.25);
    for (int t = 0; t < kSteps; ++t) {
      const std::vector<float> g = gradient_of(n, t);
      update(variants[0].run, g, reference);
      for (std::size_t i = 0; i < n; ++i) define(static_cast<double>(g[i]), w[i], a[i], b[i]);
    }
    for (std::size_t i = 0; i < n; ++i) {
      CHECK(std::abs(reference.w[i] - w[i]) < 1e-5);
      CHECK(std::abs(reference.a[i] - a[i]) < 1e-5);
      CHECK(std::abs(reference.b[i] - b[i]) < 1e-5);
    }
    each_variant(variants, chosen, [&](Function* run) {
      State own(n);
      for (int t = 0; t < kSteps; ++t) update(run, gradient_of(n, t), own);
      CHECK(own.same_as(reference));
    });
  }
}

}  // namespace

TEST_CASE("adadelta is its definition, with the same bits in every variant") {
  const AdadeltaStep s{0.5F, 0.9F, 0.1F, 1e-3F};
  check(
      kAdadeltaVariants, &adadelta,
      [&](AdadeltaFn* run, const auto& g, State& x) { run(s, g, x.w, x.a, x.b); },
      [](double g, double& w, double& squares, double& moves) {
        squares = 0.9 * squares + 0.1 * g * g;
        const double d = std::sqrt(moves + 1e-3) * g / std::sqrt(squares + 1e-3);
        moves = 0.9 * moves + 0.1 * d * d;
        w -= 0.5 * d;
      });
}

TEST_CASE("adagrad is its definition, with the same bits in every variant") {
  const AdagradStep s{0.05F, 1e-3F};
  check(
      kAdagradVariants, &adagrad,
      [&](AdagradFn* run, const auto& g, State& x) { run(s, g, x.w, x.a); },
      [](double g, double& w, double& sum, double&) {
        sum += g * g;
        w -= 0.05 * g / std::sqrt(sum + 1e-3);
      });
}

TEST_CASE("adamax is its definition, with the same bits in every variant") {
  const AdamaxStep s{0.02F, 0.1F, 0.95F, 0.5F, 1e-3F};
  check(
      kAdamaxVariants, &adamax,
      [&](AdamaxFn* run, const auto& g, State& x) { run(s, g, x.w, x.a, x.b); },
      [](double g, double& w, double& m, double& u) {
        m += 0.1 * (g - m);
        u = std::max(0.95 * u, std::abs(g));
        w -= 0.02 * m / (0.5 * (u + 1e-3));
      });
}

TEST_CASE("nadam is its definition, with the same bits in every variant") {
  const NadamStep s{0.02F, 0.1F, 0.05F, 0.75F, 0.25F, 0.5F, 1e-3F};
  check(
      kNadamVariants, &nadam,
      [&](NadamFn* run, const auto& g, State& x) { run(s, g, x.w, x.a, x.b); },
      [](double g, double& w, double& m, double& v) {
        m += 0.1 * (g - m);
        v += 0.05 * (g * g - v);
        w -= (m * 0.75 + g * 0.25) * 0.02 / (std::sqrt(v / 0.5) + 1e-3);
      });
}

TEST_CASE("lion is its definition, with the same bits in every variant") {
  const LionStep s{0.01F, 0.9F, 0.1F, 0.99F, 0.01F};
  check(
      kLionVariants, &lion, [&](LionFn* run, const auto& g, State& x) { run(s, g, x.w, x.a); },
      [](double g, double& w, double& m, double&) {
        const double way = 0.9 * m + 0.1 * g;
        w -= 0.01 * (way > 0 ? 1 : way < 0 ? -1 : 0);
        m = 0.99 * m + 0.01 * g;
      });
}

TEST_CASE("lion does not move where nothing points anywhere") {
  const LionStep s{0.01F, 0.9F, 0.1F, 0.99F, 0.01F};
  for (const auto& variant : kLionVariants) {
    std::vector<float> w(5, 0.5F), m(5, 0.0F);
    variant.run(s, std::vector<float>(5, 0.0F), w, m);
    CHECK(w == std::vector<float>(5, 0.5F));
  }
}

}  // namespace ziffer::kernels
