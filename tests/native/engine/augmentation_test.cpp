// Layers that change pictures in training: what they depend on, and how far they go.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/rng.hpp"
#include "engine/program.hpp"

using namespace ziffer;
using engine::DropoutKey;
using engine::Program;

namespace {

constexpr int kSide = 9;
constexpr std::size_t kSize = kSide * kSide;

std::vector<float> picture(std::uint64_t seed) {
  Rng rng(seed);
  std::vector<float> out(kSize);
  for (float& v : out) v = rng.uniform();
  return out;
}

nn::Sequential model_with(const nn::LayerSpec& layer) {
  nn::Dense head;
  head.units = 2;
  return nn::Sequential("m", Shape{kSide, kSide, 1}, {layer, {"", nn::Flatten{}}, {"", head}});
}

/// What a training pass makes of these pictures.
std::vector<float> changed(const nn::LayerSpec& layer, const std::vector<float>& pictures,
                           const DropoutKey& key) {
  const nn::Sequential model = model_with(layer);
  const auto images = static_cast<int>(pictures.size() / kSize);
  Program program(model, {images, true, false, false});
  std::ranges::copy(pictures, program.input(images).begin());
  std::vector<float> gradient(model.parameter_count());
  const std::vector<std::uint8_t> labels(static_cast<std::size_t>(images), 0);
  program.gradient(model.initial_parameters(1), labels, 1, key, gradient);
  const auto a = program.activation(0);
  return {a.begin(), a.end()};
}

const std::vector<nn::LayerSpec>& every_layer() {
  static const std::vector<nn::LayerSpec> all{
      {"", nn::RandomRotation{{}, {-0.2F, 0.2F}}},
      {"", nn::RandomTranslation{{}, {-0.3F, 0.3F}, {-0.3F, 0.3F}}},
      {"", nn::RandomZoom{{}, {-0.3F, 0.3F}, Interval{-0.3F, 0.3F}}},
      {"", nn::RandomFlip{}},
      {"", nn::RandomContrast{{0.5F, 0.5F}, {0, 1}, {}}},
      {"", nn::RandomBrightness{{-0.5F, 0.5F}, {0, 1}, {}}},
      {"", nn::ImageDataGenerator{.rotation_range = 40, .width_shift_range = 0.2F}},
  };
  return all;
}

std::vector<float> both(const std::vector<float>& a, const std::vector<float>& b) {
  std::vector<float> out = a;
  out.insert(out.end(), b.begin(), b.end());
  return out;
}

/// Of many pictures of one value: what is drawn for each.
std::vector<float> drawn(const nn::LayerKind& layer, float value) {
  constexpr std::size_t kMany = 4000;
  std::vector<std::uint32_t> numbers(kMany);
  std::iota(numbers.begin(), numbers.end(), 0U);
  const std::vector<float> all =
      changed({"", layer}, std::vector<float>(kMany * kSize, value), {3, 0, 0, 0, numbers});
  std::vector<float> out;
  for (std::size_t i = 0; i < all.size(); i += kSize) out.push_back(all[i]);
  return out;
}

}  // namespace

TEST_CASE("a changed picture depends on seed, epoch, layer and picture alone, not on its batch") {
  const std::vector<float> a = picture(1), b = picture(2);
  for (const nn::LayerSpec& layer : every_layer()) {
    CAPTURE(nn::class_name(layer.kind));
    const std::uint32_t two[] = {12, 70}, one[] = {70};
    const auto together = changed(layer, both(a, b), {5, 1, 0, 2, two});
    const auto alone = changed(layer, b, {5, 99, 30, 2, one});
    CHECK(std::equal(alone.begin(), alone.end(), together.begin() + kSize));
    // One of several: a mirror has two sides only.
    const auto differs = [&](const auto& key_of) {
      for (std::uint32_t i = 0; i < 12; ++i) {
        if (changed(layer, b, key_of(i)) != alone) return true;
      }
      return false;
    };
    CHECK(differs([&](std::uint32_t i) { return DropoutKey{6 + i, 1, 0, 2, one}; }));
    CHECK(differs([&](std::uint32_t i) { return DropoutKey{5, 1, 0, 3 + i, one}; }));
    std::uint32_t other[1];
    CHECK(differs([&](std::uint32_t i) {
      other[0] = 71 + i;
      return DropoutKey{5, 1, 0, 2, other};
    }));
    CHECK(differs([&](std::uint32_t) { return DropoutKey{5, 1, 0, 2, one}; }) == false);
    bool named = false;
    for (const char* name : {"b", "c", "d", "e", "f", "g", "h"}) {
      named |= changed({name, layer.kind}, b, {5, 1, 0, 2, one}) != alone;
    }
    CHECK(named);
  }
}

TEST_CASE("a seed of the layer's own stands for the fit's") {
  const std::uint32_t numbers[] = {4};
  const nn::LayerSpec own{"", nn::RandomTranslation{{.seed = 8}, {-0.3F, 0.3F}, {-0.3F, 0.3F}}};
  const nn::LayerSpec none{"", nn::RandomTranslation{{}, {-0.3F, 0.3F}, {-0.3F, 0.3F}}};
  const auto with = [&](const nn::LayerSpec& layer, std::uint64_t seed) {
    return changed(layer, picture(1), {seed, 0, 0, 0, numbers});
  };
  CHECK(with(own, 1) == with(own, 2));
  CHECK(with(none, 1) != with(none, 2));
  CHECK(with(own, 1) == with(none, 8));
}

TEST_CASE("outside of training every picture passes as it is") {
  const std::vector<float> x = picture(3);
  for (const nn::LayerSpec& layer : every_layer()) {
    CAPTURE(nn::class_name(layer.kind));
    const nn::Sequential model = model_with(layer);
    Program program(model, {1, false, false, false});
    std::ranges::copy(x, program.input(1).begin());
    program.forward(model.initial_parameters(1), 1);
    const auto y = program.activation(0);
    CHECK(std::equal(y.begin(), y.end(), x.begin()));
  }
}

TEST_CASE("what is drawn lies within the factors, reaches both ends, and has its mean between") {
  const std::vector<float> more = drawn(nn::RandomBrightness{{-0.25F, 0.5F}, {-4, 4}, {}}, 0.0F);
  const auto [least, most] = std::ranges::minmax(more);
  CHECK(least >= -2);
  CHECK(least < -1.98F);
  CHECK(most <= 4);
  CHECK(most > 3.98F);
  const float mean =
      std::accumulate(more.begin(), more.end(), 0.0F) / static_cast<float>(more.size());
  CHECK(mean == doctest::Approx(1.0).epsilon(0.1));
}

TEST_CASE("half of the pictures are mirrored, both ways at once where both are wished") {
  constexpr std::uint32_t kMany = 2000;
  const std::vector<float> x = picture(4);
  int mirrored = 0;
  for (std::uint32_t i = 0; i < kMany; ++i) {
    const std::uint32_t numbers[] = {i};
    const auto y = changed({"", nn::RandomFlip{}}, x, {1, 0, 0, 0, numbers});
    if (y == x) continue;
    REQUIRE(std::equal(y.begin(), y.end(), x.rbegin()));
    ++mirrored;
  }
  CHECK(mirrored > 900);
  CHECK(mirrored < 1100);
}

TEST_CASE("a generator's whole shift is a number of pixels below it, to either side") {
  std::vector<float> x(kSize, 0.0F);
  x[kSize / 2] = 1;
  std::vector<int> times(5);
  for (std::uint32_t i = 0; i < 600; ++i) {
    const std::uint32_t numbers[] = {i};
    const nn::ImageDataGenerator generator{.width_shift_range = 3};
    const auto y = changed({"", generator}, x, {1, 0, 0, 0, numbers});
    const auto bright = std::ranges::find(y, 1.0F);
    REQUIRE(bright != y.end());
    const auto by = (bright - y.begin() - static_cast<std::ptrdiff_t>(kSize / 2)) / kSide;
    REQUIRE(std::abs(by) <= 2);
    ++times[static_cast<std::size_t>(by + 2)];
  }
  for (const int n : times) CHECK(n > 60);
}
