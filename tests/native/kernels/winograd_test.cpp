// Winograd's 3×3 convolutions against the sums as they are defined, and these by hand.
#include "kernels/winograd.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/index.hpp"
#include "core/rng.hpp"

using namespace ziffer;
using namespace ziffer::kernels;

namespace {

using Floats = std::vector<float>;

Floats random_floats(Rng& rng, std::size_t n) {
  Floats v(n);
  for (float& x : v) x = rng.uniform(-1, 1);
  return v;
}

Floats magnitudes(Floats v) {
  for (float& x : v) x = std::abs(x);
  return v;
}

Floats poisoned(std::size_t n) { return Floats(n, std::numeric_limits<float>::quiet_NaN()); }

/// Everything that the three operations take for so many images.
struct Case {
  Conv3x3Shape shape;
  int images;
  Floats x, w, bias, dy;

  Case(const Conv3x3Shape& s, int n, Rng& rng)
      : shape(s),
        images(n),
        x(random_floats(rng, at(n * s.height * s.width * s.channels))),
        w(random_floats(rng, at(9 * s.channels * s.filters))),
        bias(random_floats(rng, at(s.filters))),
        dy(random_floats(rng, at(n * s.out_height * s.out_width * s.filters))) {}

  Case in_magnitudes() const {
    Case c = *this;
    for (Floats* v : {&c.x, &c.w, &c.bias, &c.dy}) *v = magnitudes(*v);
    return c;
  }

  template <class Run>
  Floats result(std::size_t size, Run run) const {
    constexpr float kCanary = 12345.5F;
    Floats out = poisoned(size), scratch = poisoned(conv3x3_scratch(shape) + 8);
    std::fill(scratch.end() - 8, scratch.end(), kCanary);
    run(std::span<float>(out), std::span<float>(scratch).first(scratch.size() - 8));
    for (std::size_t i = scratch.size() - 8; i < scratch.size(); ++i)
      REQUIRE(scratch[i] == kCanary);
    return out;
  }
  Floats outputs(Conv3x3Fn* f) const {
    return result(dy.size(), [&](auto y, auto t) { f(shape, images, x, w, bias, y, t); });
  }
  Floats weight_gradient(Conv3x3WeightGradientFn* f) const {
    return result(w.size(), [&](auto dw, auto t) { f(shape, images, x, dy, dw, t); });
  }
  Floats input_gradient(Conv3x3InputGradientFn* f) const {
    return result(x.size(), [&](auto dx, auto t) { f(shape, images, w, dy, dx, t); });
  }
};

void check_near(const Floats& found, const Floats& expected, const Floats& magnitude) {
  REQUIRE(found.size() == expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double wrong = std::abs(double{found[i]} - expected[i]);
    worst = std::isnan(wrong) ? wrong : std::max(worst, wrong / (magnitude[i] + 1e-3));
  }
  CHECK(worst < 1e-5);
}

/// Blocks of four outputs and vectors of four channels: one less, equal, one more, and many; valid
/// and same; more blocks than are transformed together.
const Conv3x3Shape kShapes[] = {{3, 3, 1, 0, 0, 1, 1, 1},      {6, 6, 4, 0, 0, 4, 4, 4},
                                {5, 7, 3, 0, 0, 3, 5, 5},      {4, 4, 5, 1, 1, 4, 4, 3},
                                {5, 3, 8, 1, 1, 5, 3, 9},      {9, 10, 17, 0, 0, 7, 8, 12},
                                {28, 28, 8, 1, 1, 28, 28, 16}, {14, 14, 32, 1, 1, 14, 14, 33},
                                {1, 1, 2, 1, 1, 1, 1, 2},      {13, 13, 16, 0, 0, 11, 11, 64}};

}  // namespace

TEST_CASE("the sums of a 3×3 convolution and its gradients equal what is worked out by hand") {
  // One picture of 1×2 with a border of zeros, two channels in, one out; taps count up.
  Floats w(18);
  for (std::size_t i = 0; i < w.size(); ++i) w[i] = static_cast<float>(i);
  const Conv3x3Shape s{1, 2, 2, 1, 1, 1, 2, 1};
  const Floats x{1, 2, 3, 4}, bias{100}, dy{1, 10};
  Floats y(2), dw(18), dx(4);
  scalar::conv3x3(s, 1, x, w, bias, y, {});
  // The middle row of taps: (6, 7), (8, 9), (10, 11).
  CHECK(y == Floats{100 + 8 + 18 + 30 + 44, 100 + 6 + 14 + 24 + 36});
  scalar::conv3x3_weight_gradient(s, 1, x, dy, dw, {});
  CHECK(dw == Floats{0, 0, 0, 0, 0, 0, 10, 20, 31, 42, 3, 4, 0, 0, 0, 0, 0, 0});
  scalar::conv3x3_input_gradient(s, 1, w, dy, dx, {});
  CHECK(dx == Floats{8 + 60, 9 + 70, 10 + 80, 11 + 90});
}

TEST_CASE("every 3×3 convolution is as near to the sums as its header says, at every size") {
  Rng rng(1);
  for (const Conv3x3Shape& s : kShapes) {
    for (const int images : {1, 3}) {
      CAPTURE(s.height);
      CAPTURE(s.channels);
      CAPTURE(s.filters);
      const Case c(s, images, rng), sizes = c.in_magnitudes();
      for (const auto& v : kConv3x3Variants) {
        CAPTURE(std::string(v.name));
        check_near(c.outputs(v.run), c.outputs(&scalar::conv3x3), sizes.outputs(&scalar::conv3x3));
      }
      for (const auto& v : kConv3x3WeightGradientVariants) {
        CAPTURE(std::string(v.name));
        const auto exact = &scalar::conv3x3_weight_gradient;
        check_near(c.weight_gradient(v.run), c.weight_gradient(exact),
                   sizes.weight_gradient(exact));
      }
      for (const auto& v : kConv3x3InputGradientVariants) {
        CAPTURE(std::string(v.name));
        const auto exact = &scalar::conv3x3_input_gradient;
        check_near(c.input_gradient(v.run), c.input_gradient(exact), sizes.input_gradient(exact));
      }
    }
  }
}

TEST_CASE("a picture's 3×3 convolution does not depend on the pictures beside it") {
  Rng rng(2);
  const Case all({9, 10, 6, 1, 1, 9, 10, 7}, 5, rng);
  const Floats together = all.outputs(&conv3x3);
  for (std::size_t n = 0; n < 5; ++n) {
    Case one = all;
    one.images = 1;
    one.x.assign(all.x.begin() + static_cast<std::ptrdiff_t>(n * 540),
                 all.x.begin() + static_cast<std::ptrdiff_t>((n + 1) * 540));
    one.dy.resize(630);
    const Floats alone = one.outputs(&conv3x3);
    CHECK(std::equal(alone.begin(), alone.end(), &together[n * 630]));
  }
}
