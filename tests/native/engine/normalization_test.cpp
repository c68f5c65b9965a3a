// BatchNormalization against its definition, at widths around the vector's.
#include <doctest/doctest.h>

#include <cmath>

#include "core/rng.hpp"
#include "engine/program.hpp"

using namespace ziffer;
using nn::BatchNormalization;
using nn::Sequential;

namespace {

constexpr int kImages = 3;

/// gamma, beta, mean and variance of one channel.
struct Channel {
  float gamma = 1, beta = 0, mean = 0, variance = 1;
};

/// The model's flat parameters, as Keras orders them.
std::vector<float> flat(const std::vector<Channel>& channels, const BatchNormalization& b) {
  std::vector<float> out;
  const auto add = [&](float Channel::* what) {
    for (const Channel& c : channels) out.push_back(c.*what);
  };
  if (b.scale) add(&Channel::gamma);
  if (b.center) add(&Channel::beta);
  add(&Channel::mean);
  add(&Channel::variance);
  return out;
}

std::vector<Channel> random_channels(int n, const BatchNormalization& b, Rng& rng) {
  std::vector<Channel> out(static_cast<std::size_t>(n));
  for (Channel& c : out) {
    if (b.scale) c.gamma = rng.uniform(-2, 2);
    if (b.center) c.beta = rng.uniform(-1, 1);
    c.mean = rng.uniform(-1, 1);
    c.variance = rng.uniform(0, 3);
  }
  return out;
}

void check(const Shape& shape, const BatchNormalization& b) {
  CAPTURE(shape.text());
  CAPTURE(b.scale);
  CAPTURE(b.center);
  const Sequential model("m", shape, {{"", b, /*trainable=*/false}});
  Rng rng(static_cast<std::uint64_t>(shape.size()));
  const std::vector<Channel> channels = random_channels(shape.dims().back(), b, rng);
  const std::vector<float> parameters = flat(channels, b);
  REQUIRE(parameters.size() == model.parameter_count());
  std::vector<float> images(kImages * shape.size());
  for (float& x : images) x = rng.uniform(-2, 2);

  engine::Program program(model, {kImages, true, true, true});
  const auto fill = [&] { std::ranges::copy(images, program.input(kImages).begin()); };
  fill();
  const auto y = program.forward(parameters, kImages);
  REQUIRE(y.size() == images.size());
  for (std::size_t i = 0; i < y.size(); ++i) {
    const Channel& c = channels[i % channels.size()];
    const double deviation = std::sqrt(static_cast<double>(c.variance) + b.epsilon);
    const double want = c.gamma * (static_cast<double>(images[i]) - c.mean) / deviation + c.beta;
    CHECK(std::abs(y[i] - want) <= 1e-6 * (4 + std::abs(c.gamma / deviation) * 4));
  }
  // One output's gradient: the scale of its channel there, 0 elsewhere.
  fill();
  const std::size_t place = shape.size() - 1;
  const auto dx = program.input_gradient(parameters, kImages, static_cast<int>(place));
  const Channel& c = channels.back();
  const double slope = c.gamma / std::sqrt(static_cast<double>(c.variance) + b.epsilon);
  for (std::size_t i = 0; i < dx.size(); ++i) {
    const double want = i % shape.size() == place ? slope : 0.0;
    CHECK(dx[i] == doctest::Approx(want).epsilon(1e-6));
  }
}

}  // namespace

TEST_CASE("normalization is its definition, channel by channel, and so is its gradient") {
  for (const int channels : {1, 2, 3, 4, 5, 7, 8, 9, 16, 17}) {
    for (const Shape& shape : {Shape{channels}, Shape{3, channels}, Shape{5, 3, channels}}) {
      check(shape, {});
      check(shape, {.epsilon = 0.25F, .center = false});
      check(shape, {.scale = false});
      check(shape, {.epsilon = 1e-5F, .center = false, .scale = false});
    }
  }
}

TEST_CASE("a convolution is not fused with a pooling behind a normalization") {
  nn::Conv2D c;
  c.filters = 4;
  c.kernel_size = {3, 3};
  c.activation = nn::Activation::relu;
  const Sequential model("m", Shape{8, 8, 1},
                         {{"", c}, {"", BatchNormalization{}, false}, {"", nn::MaxPooling2D{}}});
  engine::Program program(model, {1, false, true, false});
  std::ranges::fill(program.input(1), 0.5F);
  program.forward(model.initial_parameters(1), 1);
  for (std::size_t i = 0; i < 3; ++i) CHECK_FALSE(program.activation(i).empty());
}
