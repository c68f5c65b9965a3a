// Moved pictures against hand-computed ones, and their derivatives against what they are
// derivatives of.
#include "kernels/augment.hpp"

#include <numeric>

#include "checks.hpp"

using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

namespace {

constexpr Picture kRow{1, 4, 1};
const std::vector<float> kLetters{10, 20, 30, 40};

/// The row of letters as it is seen from places that lie `by` to the right.
std::vector<float> shifted(float by, const Sampling& s) {
  return result(poisoned(4), [&](std::span<float> y) { warp(kRow, s, {.x0 = by}, kLetters, y); });
}

double dot(std::span<const float> a, std::span<const float> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

constexpr Fill kFills[] = {Fill::constant, Fill::nearest, Fill::reflect, Fill::wrap};

}  // namespace

TEST_CASE("beyond a picture's side lies what its fill says, far away too") {
  using V = std::vector<float>;
  CHECK(shifted(2, {Fill::constant, 7}) == V{30, 40, 7, 7});
  CHECK(shifted(-2, {Fill::constant, 7}) == V{7, 7, 10, 20});
  CHECK(shifted(2, {Fill::nearest}) == V{30, 40, 40, 40});
  CHECK(shifted(-9, {Fill::nearest}) == V{10, 10, 10, 10});
  CHECK(shifted(2, {Fill::reflect}) == V{30, 40, 40, 30});
  CHECK(shifted(-2, {Fill::reflect}) == V{20, 10, 10, 20});
  CHECK(shifted(-6, {Fill::reflect}) == V{30, 40, 40, 30});
  CHECK(shifted(9, {Fill::reflect}) == V{20, 30, 40, 40});
  CHECK(shifted(2, {Fill::wrap}) == V{30, 40, 10, 20});
  CHECK(shifted(-2, {Fill::wrap}) == V{30, 40, 10, 20});
  const Sampling scipy{Fill::wrap, 0, true, true};
  CHECK(shifted(3, scipy) == V{40, 20, 30, 10});
}

TEST_CASE("between two pixels lies their mixture, or the nearer one") {
  CHECK(shifted(0.25F, {Fill::nearest}) == std::vector<float>{12.5F, 22.5F, 32.5F, 40});
  CHECK(shifted(0.25F, {Fill::nearest, 0, false}) == kLetters);
  CHECK(shifted(0.25F, {Fill::constant, 0})[3] == 30);
  const Sampling scipy{Fill::constant, 0, true, true};
  CHECK(shifted(0.25F, scipy)[3] == 0);
}

TEST_CASE("the identity leaves every picture as it is, bit for bit") {
  const Picture p{5, 7, 3};
  const std::vector<float> x = random_floats(105, 3);
  for (const Fill fill : kFills) {
    for (const bool bilinear : {true, false}) {
      for (const bool scipy : {true, false}) {
        const std::vector<float> y = result(poisoned(x.size()), [&](std::span<float> to) {
          warp(p, {fill, 0.5F, bilinear, scipy}, {}, x, to);
        });
        CHECK(y == x);
      }
    }
  }
}

TEST_CASE("a picture of one pixel has only that one") {
  const std::vector<float> x{3};
  for (const Fill fill : {Fill::nearest, Fill::reflect, Fill::wrap}) {
    std::vector<float> y = poisoned(1);
    warp({1, 1, 1}, {fill}, {.x0 = -5.5F, .y0 = 7}, x, y);
    CHECK(y == x);
  }
}

TEST_CASE("a moved picture's derivative is its transpose") {
  const Picture p{6, 5, 2};
  const Affine from{0.9F, -0.4F, 1.3F, 0.5F, 1.1F, -2.2F};
  const std::vector<float> x = random_floats(60, 1), dy = random_floats(60, 2);
  for (const Fill fill : kFills) {
    for (const bool bilinear : {true, false}) {
      for (const bool scipy : {true, false}) {
        const Sampling s{fill, 0, bilinear, scipy};
        std::vector<float> y = poisoned(60);
        warp(p, s, from, x, y);
        const std::vector<float> dx =
            result(poisoned(60), [&](std::span<float> to) { warp_gradient(p, s, from, dy, to); });
        CHECK(dot(y, dy) == doctest::Approx(dot(x, dx)).epsilon(1e-5));
      }
    }
  }
}

TEST_CASE("contrast keeps each channel's mean, and stretches the distances from it") {
  const std::vector<float> x{1, 10, 3, 30, 5, 50, 7, 70};
  std::vector<float> y = poisoned(8);
  contrast({2, 2, 2}, 0.5F, {0, 255}, x, y);
  CHECK(y == std::vector<float>{2.5F, 25, 3.5F, 35, 4.5F, 45, 5.5F, 55});
  contrast({2, 2, 2}, 2, {2, 60}, x, y);
  CHECK(y == std::vector<float>{2, 2, 2, 20, 6, 60, 10, 60});
  brighten(2, {0, 30}, x, y);
  CHECK(y == std::vector<float>{3, 12, 5, 30, 7, 30, 9, 30});
}

TEST_CASE("the derivatives of contrast and brightness are central differences") {
  const Picture p{3, 4, 2};
  const Limits limits{-0.7F, 0.6F};
  const std::vector<float> x = random_floats(24, 5), dy = random_floats(24, 6);
  const auto check = [&](auto forward, auto backward) {
    std::vector<float> dx = poisoned(24);
    backward(std::span<float>(dx));
    for (std::size_t i = 0; i < x.size(); ++i) {
      constexpr float kStep = 1e-3F;
      std::vector<float> up = x, down = x, yu = poisoned(24), yd = poisoned(24);
      up[i] += kStep, down[i] -= kStep;
      forward(up, yu), forward(down, yd);
      const double slope = (dot(yu, dy) - dot(yd, dy)) / (2.0 * static_cast<double>(kStep));
      CHECK(static_cast<double>(dx[i]) == doctest::Approx(slope).epsilon(2e-3));
    }
  };
  check([&](auto& from, auto& to) { contrast(p, 1.3F, limits, from, to); },
        [&](std::span<float> dx) { contrast_gradient(p, 1.3F, limits, x, dy, dx); });
  check([&](auto& from, auto& to) { brighten(0.1F, limits, from, to); },
        [&](std::span<float> dx) { brighten_gradient(0.1F, limits, x, dy, dx); });
}
