// Initial weights: Keras's bounds and variances, and the same bits for the same seed.
#include "nn/initializers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "nn/sequential.hpp"

using namespace ziffer;
using namespace ziffer::nn;

namespace {

Dense dense(int units, Initializer kernel = Initializer::glorot_uniform, bool bias = true) {
  Dense d;
  d.units = units;
  d.kernel_initializer = kernel;
  d.use_bias = bias;
  return d;
}

Conv2D conv(int filters, Extent kernel, Initializer initializer = Initializer::glorot_uniform) {
  Conv2D c;
  c.filters = filters;
  c.kernel_size = kernel;
  c.kernel_initializer = initializer;
  return c;
}

struct Family {
  Initializer initializer;
  bool uniform;
  double scale;
  bool average;  ///< over (fan-in + fan-out) / 2, else over fan-in
};

/// Keras's VarianceScaling arguments of each.
constexpr Family kFamilies[] = {
    {Initializer::glorot_uniform, true, 1, true}, {Initializer::glorot_normal, false, 1, true},
    {Initializer::he_uniform, true, 2, false},    {Initializer::he_normal, false, 2, false},
    {Initializer::lecun_uniform, true, 1, false}, {Initializer::lecun_normal, false, 1, false}};

void check_kernel(const Family& f, const Sequential& m, double fan_in, double fan_out) {
  CAPTURE(word(f.initializer));
  const Parameter& p = m.layers().back().parameters[0];
  const std::vector<float> all = m.initial_parameters(3);
  const std::span<const float> w = std::span(all).subspan(p.offset, p.size());
  const double variance = f.scale / (f.average ? (fan_in + fan_out) / 2 : fan_in);
  const double limit =
      f.uniform ? std::sqrt(3 * variance) : 2 * std::sqrt(variance) / 0.87962566103423978;
  double mean = 0, square = 0, largest = 0;
  for (const float x : w) {
    mean += static_cast<double>(x) / static_cast<double>(w.size());
    square += static_cast<double>(x) * static_cast<double>(x) / static_cast<double>(w.size());
    largest = std::max(largest, static_cast<double>(std::abs(x)));
  }
  CHECK(std::abs(mean) < 0.03 * std::sqrt(variance));
  CHECK(square == doctest::Approx(variance).epsilon(0.03));
  CHECK(largest <= limit * (1 + 1e-6));
  CHECK(largest > 0.97 * limit);
}

}  // namespace

TEST_CASE("each initialiser has Keras's variance, and stays within its bounds") {
  for (const Family& f : kFamilies) {
    check_kernel(f, Sequential("m", {300}, {{"", dense(100, f.initializer)}}), 300, 100);
    // The fans of a convolution count its window: kh·kw·c in, kh·kw·k out.
    check_kernel(f, Sequential("m", {9, 9, 40}, {{"", conv(80, {3, 2}, f.initializer)}}), 240, 480);
  }
}

TEST_CASE("zeros and ones are what they say, and biases begin at zero") {
  Dense d = dense(4, Initializer::ones);
  CHECK(Sequential("m", {2}, {{"", d}}).initial_parameters(1) ==
        std::vector<float>{1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0});
  d.kernel_initializer = Initializer::zeros;
  d.bias_initializer = Initializer::ones;
  CHECK(Sequential("m", {1}, {{"", d}}).initial_parameters(1) ==
        std::vector<float>{0, 0, 0, 0, 1, 1, 1, 1});
}

TEST_CASE("a normalization begins as Keras's: gamma and variance 1, beta and mean 0") {
  const auto begin = [](BatchNormalization b) {
    return Sequential("m", {2}, {{"", b, false}}).initial_parameters(1);
  };
  CHECK(begin({}) == std::vector<float>{1, 1, 0, 0, 0, 0, 1, 1});
  CHECK(begin({.center = false, .scale = false}) == std::vector<float>{0, 0, 1, 1});
  CHECK(begin({.beta_initializer = Initializer::ones, .gamma_initializer = Initializer::zeros}) ==
        std::vector<float>{0, 0, 1, 1, 0, 0, 1, 1});
}

TEST_CASE(
    "a layer added at the end, or one without weights anywhere, leaves the others' weights as they "
    "were") {
  const Sequential two("m", {8, 8, 1}, {{"", conv(4, {3, 3})}, {"", Flatten{}}, {"", dense(5)}});
  const Sequential more("m", {8, 8, 1},
                        {{"", Rescaling{}},
                         {"", conv(4, {3, 3})},
                         {"", ActivationLayer{}},
                         {"", Flatten{}},
                         {"", Dropout{}},
                         {"", dense(5)},
                         {"", dense(3)}});
  const std::vector<float> a = two.initial_parameters(9), b = more.initial_parameters(9);
  CHECK(b.size() == a.size() + 18);
  CHECK(std::equal(a.begin(), a.end(), b.begin()));
}

TEST_CASE(
    "one seed gives one set of weights, another seed another, and layers do not repeat each "
    "other") {
  const Sequential m("m", {6},
                     {{"", dense(6, Initializer::glorot_uniform, false)},
                      {"", dense(6, Initializer::glorot_uniform, false)}});
  const std::vector<float> a = m.initial_parameters(1);
  CHECK(a == m.initial_parameters(1));
  CHECK(a != m.initial_parameters(2));
  CHECK(!std::equal(a.begin(), a.begin() + 36, a.begin() + 36));
}

TEST_CASE("the bits of initial weights never change") {
  std::uint32_t hash = 2166136261U;  // FNV-1a over the weights' words
  for (const Family& f : kFamilies) {
    const Sequential m(
        "m", {9, 9, 2},
        {{"", conv(3, {3, 3}, f.initializer)}, {"", Flatten{}}, {"", dense(7, f.initializer)}});
    for (const float w : m.initial_parameters(42))
      hash = (hash ^ std::bit_cast<std::uint32_t>(w)) * 16777619U;
  }
  CHECK(hash == 436487784U);
}
