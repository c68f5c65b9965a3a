// Convolution + ReLU + max-pool as one operation: the scalar reference against an independent model
// in double precision (its values, and its central differences for the gradients), every variant
// against the scalar reference.
#include "kernels/conv_pool/conv_pool.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "core/rng.hpp"

using namespace ziffer;
using namespace ziffer::kernels;

namespace {

using Floats = std::vector<float>;
using Bytes = std::vector<std::uint8_t>;

constexpr float kCanary = 12345.5F;
constexpr std::size_t kCanaries = 8;
constexpr float kPoison = std::numeric_limits<float>::quiet_NaN();
constexpr std::uint8_t kPoisonByte = 77;

Floats random_floats(Rng& rng, std::size_t count) {
  Floats v(count);
  for (float& x : v) x = rng.uniform(-1, 1);
  return v;
}

/// Pictures with ink and paper: half of all rows are 0, the rest random.
Floats random_pictures(Rng& rng, std::size_t count, std::size_t row) {
  Floats v = random_floats(rng, count);
  for (std::size_t i = 0; i < count; i += row)
    if (rng.below(2) == 0)
      std::fill_n(v.begin() + static_cast<std::ptrdiff_t>(i), std::min(row, count - i), 0.0F);
  return v;
}

struct Problem {
  ConvPoolShape shape;
  int images;
  Floats x, w, bias, dy;
  Bytes argmax;  ///< of the scalar reference, unless a test puts another in its place

  /// Without paper no two sums are equal, so that the pool's derivative exists everywhere.
  Problem(const ConvPoolShape& s, int n, std::uint64_t seed, bool paper = true)
      : shape(s), images(n) {
    Rng rng(seed);
    const auto count = static_cast<std::size_t>(n);
    const std::size_t floats = s.input_size() * count;
    x = paper ? random_pictures(rng, floats, static_cast<std::size_t>(s.width * s.channels))
              : random_floats(rng, floats);
    w = random_floats(rng, s.weight_size());
    bias = random_floats(rng, static_cast<std::size_t>(s.filters));
    dy = random_floats(rng, s.pooled_size() * count);
    argmax.resize(dy.size());
    Floats y(dy.size());
    scalar::conv_relu_pool(s, n, x, w, bias, y, argmax, {});
  }
};

template <class Run>
void with_scratch(const Problem& p, Run run) {
  const std::size_t size = conv_relu_pool_scratch(p.shape);
  Floats scratch(size + kCanaries, kCanary);
  run(std::span<float>(scratch).first(size));
  for (std::size_t i = size; i < scratch.size(); ++i) REQUIRE(scratch[i] == kCanary);
}

struct Forward {
  Floats y;
  Bytes argmax;
};
Forward forward(ConvPoolFn* run, const Problem& p) {
  Forward f{Floats(p.dy.size(), kPoison), Bytes(p.dy.size(), kPoisonByte)};
  with_scratch(p, [&](auto t) { run(p.shape, p.images, p.x, p.w, p.bias, f.y, f.argmax, t); });
  return f;
}

struct WeightGradient {
  Floats dw, dbias;
};
WeightGradient weight_gradient(ConvPoolWeightGradientFn* run, const Problem& p) {
  WeightGradient g{Floats(p.w.size(), kPoison), Floats(p.bias.size(), kPoison)};
  with_scratch(p, [&](auto t) { run(p.shape, p.images, p.x, p.argmax, p.dy, g.dw, g.dbias, t); });
  return g;
}

Floats input_gradient(ConvPoolInputGradientFn* run, const Problem& p) {
  Floats dx(p.x.size(), kPoison);
  with_scratch(p, [&](auto t) { run(p.shape, p.images, p.w, p.argmax, p.dy, dx, t); });
  return dx;
}

/// The sum before ReLU of one convolution output, in double.
double sum_at(const ConvPoolShape& s, const std::vector<double>& x, const std::vector<double>& w,
              const std::vector<double>& bias, int n, int r, int c, int k) {
  double sum = bias[static_cast<std::size_t>(k)];
  for (int p = 0; p < s.kernel_height; ++p)
    for (int q = 0; q < s.kernel_width; ++q)
      for (int ch = 0; ch < s.channels; ++ch)
        sum += x[static_cast<std::size_t>(((n * s.height + r + p) * s.width + c + q) * s.channels +
                                          ch)] *
               w[static_cast<std::size_t>(((p * s.kernel_width + q) * s.channels + ch) * s.filters +
                                          k)];
  return sum;
}

struct Model {
  std::vector<double> x, w, bias;
  explicit Model(const Problem& p)
      : x(p.x.begin(), p.x.end()), w(p.w.begin(), p.w.end()), bias(p.bias.begin(), p.bias.end()) {}

  template <class Visit>
  void outputs(const Problem& p, Visit visit) const {
    const ConvPoolShape& s = p.shape;
    std::size_t index = 0;
    for (int n = 0; n < p.images; ++n)
      for (int i = 0; i < s.pooled_height(); ++i)
        for (int j = 0; j < s.pooled_width(); ++j)
          for (int k = 0; k < s.filters; ++k, ++index) {
            double corner[4];
            for (int c = 0; c < 4; ++c)
              corner[c] = sum_at(s, x, w, bias, n, 2 * i + c / 2, 2 * j + c % 2, k);
            visit(index, corner);
          }
  }

  /// Σ dy·y: its derivatives are the gradients.
  double loss(const Problem& p) const {
    double total = 0;
    outputs(p, [&](std::size_t index, const double* corner) {
      total += double(p.dy[index]) * std::max(0.0, *std::max_element(corner, corner + 4));
    });
    return total;
  }
};

void check_central_differences(const Problem& p, Model& model, std::vector<double>& parameters,
                               const Floats& gradient) {
  const double h = 1e-6;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const double kept = parameters[i];
    parameters[i] = kept + h;
    const double more = model.loss(p);
    parameters[i] = kept - h;
    const double less = model.loss(p);
    parameters[i] = kept;
    CHECK((more - less) / (2 * h) == doctest::Approx(double(gradient[i])).epsilon(1e-4));
  }
}

void check_close(const Floats& got, const Floats& expected, double tolerance) {
  REQUIRE(got.size() == expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double difference = std::abs(double(got[i]) - double(expected[i]));
    if (!(difference <= worst)) worst = difference;  // NaN counts as worst
  }
  CHECK(worst <= tolerance);
}

/// height, width, channels, kernel height and width, filters: odd and even pictures, every
/// remainder of channels and filters by the vector width, kernels of all kinds, the lecture's
/// layers, and pictures too small for one pooled output.
const ConvPoolShape kShapes[] = {
    {4, 4, 1, 3, 3, 1},   {5, 5, 1, 3, 3, 3},   {6, 7, 1, 3, 3, 4},     {7, 6, 1, 3, 3, 5},
    {8, 8, 2, 3, 3, 8},   {9, 8, 3, 3, 3, 9},   {8, 11, 4, 3, 3, 7},    {10, 10, 5, 3, 3, 12},
    {9, 9, 8, 3, 3, 13},  {6, 6, 1, 1, 1, 6},   {7, 7, 3, 2, 2, 17},    {8, 7, 2, 5, 5, 4},
    {9, 12, 1, 5, 3, 8},  {12, 9, 6, 2, 4, 10}, {5, 40, 1, 3, 3, 8},    {40, 5, 1, 3, 3, 2},
    {28, 28, 1, 3, 3, 8}, {28, 28, 1, 5, 5, 6}, {13, 13, 32, 3, 3, 64}, {28, 28, 1, 3, 3, 32},
    {9, 9, 33, 3, 3, 20}, {7, 9, 16, 4, 4, 11}, {3, 3, 1, 3, 3, 4},     {28, 28, 3, 3, 3, 16}};

double forward_tolerance(const ConvPoolShape& s) {
  return 2e-6 * std::sqrt(double(s.taps())) + 1e-6;
}

}  // namespace

#define CAPTURE_SHAPE(s)      \
  CAPTURE((s).height);        \
  CAPTURE((s).width);         \
  CAPTURE((s).channels);      \
  CAPTURE((s).kernel_height); \
  CAPTURE((s).kernel_width);  \
  CAPTURE((s).filters)

TEST_CASE(
    "conv_relu_pool keeps the winning corner, the first on ties, and 255 where the sum is not "
    "positive") {
  // A 1×1 kernel of weight 1 and 2 shows the pool alone; 5×4 pixels, whose last row the pool drops.
  const ConvPoolShape s{5, 4, 1, 1, 1, 2};
  const Floats x{1,  3,  0,  0,  //
                 3,  2,  0,  0,  //
                 -1, -2, -9, 0,  //
                 -3, -4, 5,  5,  //
                 9,  9,  9,  9};
  const Floats w{1, 2}, bias{0, -6};
  for (const auto& variant : kConvPoolVariants) {
    if (!variant.serves(s)) continue;
    CAPTURE(std::string(variant.name));
    Floats y(8, kPoison), scratch(conv_relu_pool_scratch(s));
    Bytes argmax(8, kPoisonByte);
    variant.run(s, 1, x, w, bias, y, argmax, scratch);
    CHECK(y == Floats{3, 0, 0, 0, 0, 0, 5, 4});
    CHECK(argmax == Bytes{1, kDead, kDead, kDead, kDead, kDead, 2, 2});
  }
}

TEST_CASE("the scalar convolution equals a model in double precision") {
  for (const ConvPoolShape& s : kShapes) {
    CAPTURE_SHAPE(s);
    const Problem p(s, 2, 3);
    const Forward f = forward(&scalar::conv_relu_pool, p);
    double worst = 0;
    Model(p).outputs(p, [&](std::size_t i, const double* corner) {
      const int winner = static_cast<int>(std::max_element(corner, corner + 4) - corner);
      const double best = std::max(0.0, corner[winner]);
      worst = std::max(worst, std::abs(best - double(f.y[i])));
      if (f.argmax[i] == kDead)
        worst = std::max(worst, best);
      else
        worst = std::max(worst, std::abs(best - corner[f.argmax[i] & 3]));
    });
    CHECK(worst <= forward_tolerance(s));
  }
}

TEST_CASE("the scalar gradients of conv_relu_pool equal central differences") {
  for (const ConvPoolShape& s :
       {ConvPoolShape{7, 6, 2, 3, 3, 3}, ConvPoolShape{6, 6, 1, 2, 3, 2}}) {
    const Problem p(s, 2, 11, false);
    Model model(p);
    const WeightGradient g = weight_gradient(&scalar::conv_relu_pool_weight_gradient, p);
    check_central_differences(p, model, model.w, g.dw);
    check_central_differences(p, model, model.bias, g.dbias);
    check_central_differences(p, model, model.x,
                              input_gradient(&scalar::conv_relu_pool_input_gradient, p));
  }
}

TEST_CASE("every variant of conv_relu_pool equals the scalar reference") {
  for (const ConvPoolShape& s : kShapes)
    for (const int images : {1, 3}) {
      CAPTURE_SHAPE(s);
      const Problem p(s, images, 5);
      const Forward expected = forward(&scalar::conv_relu_pool, p);
      for (const auto& variant : kConvPoolVariants) {
        if (!variant.serves(s)) continue;
        CAPTURE(std::string(variant.name));
        const Forward got = forward(variant.run, p);
        check_close(got.y, expected.y, forward_tolerance(s));
        // Where the winner differs, its sum must be as good; dead and alive may differ only around
        // zero.
        int worse = 0;
        Model(p).outputs(p, [&](std::size_t i, const double* corner) {
          const double best = std::max(0.0, *std::max_element(corner, corner + 4));
          const bool dead = got.argmax[i] == kDead;
          if (!dead && got.argmax[i] > 3) ++worse;
          const double chosen = dead ? 0.0 : corner[got.argmax[i] & 3];
          if (dead != (got.y[i] == 0) || best - chosen > forward_tolerance(s)) ++worse;
        });
        CHECK(worse == 0);
        Floats y(p.dy.size(), kPoison);
        with_scratch(p, [&](auto t) { variant.run(s, images, p.x, p.w, p.bias, y, {}, t); });
        CHECK(y == got.y);
      }
    }
}

TEST_CASE("a picture's answer does not depend on the pictures beside it") {
  for (const ConvPoolShape& s : kShapes) {
    CAPTURE_SHAPE(s);
    const Problem all(s, 6, 7);
    for (const auto& variant : kConvPoolVariants) {
      if (!variant.serves(s)) continue;
      CAPTURE(std::string(variant.name));
      const Forward together = forward(variant.run, all);
      for (int n = 0; n < all.images; ++n) {
        Problem one(s, 1, 7);
        const auto in = static_cast<std::ptrdiff_t>(s.input_size()) * n;
        const auto out = static_cast<std::ptrdiff_t>(s.pooled_size()) * n;
        std::copy_n(all.x.begin() + in, s.input_size(), one.x.begin());
        one.w = all.w;
        one.bias = all.bias;
        const Forward alone = forward(variant.run, one);
        CHECK(std::equal(alone.y.begin(), alone.y.end(), together.y.begin() + out));
        CHECK(std::equal(alone.argmax.begin(), alone.argmax.end(), together.argmax.begin() + out));
      }
    }
  }
}

TEST_CASE("every variant of the gradients of conv_relu_pool equals the scalar reference") {
  for (const ConvPoolShape& s : kShapes)
    for (const int images : {1, 3})
      for (const bool all_dead : {false, true}) {
        CAPTURE_SHAPE(s);
        Problem p(s, images, 9);
        if (all_dead) std::fill(p.argmax.begin(), p.argmax.end(), kDead);
        const double tolerance = 1e-6 * std::sqrt(double(p.dy.size() + s.weight_size())) + 1e-6;
        const auto dw = weight_gradient(&scalar::conv_relu_pool_weight_gradient, p);
        for (const auto& variant : kConvPoolWeightGradientVariants) {
          if (!variant.serves(s)) continue;
          CAPTURE(std::string(variant.name));
          const auto got = weight_gradient(variant.run, p);
          check_close(got.dw, dw.dw, tolerance);
          check_close(got.dbias, dw.dbias, tolerance);
        }
        const auto dx = input_gradient(&scalar::conv_relu_pool_input_gradient, p);
        for (const auto& variant : kConvPoolInputGradientVariants) {
          if (!variant.serves(s)) continue;
          CAPTURE(std::string(variant.name));
          check_close(input_gradient(variant.run, p), dx, tolerance);
        }
      }
}
