// What a model may take is known, and refused, before anything of its size exists.
#include <doctest/doctest.h>

#include <functional>

#include "core/error.hpp"
#include "core/sizes.hpp"
#include "engine/program.hpp"

using namespace ziffer;
using namespace ziffer::nn;

namespace {

Conv2D conv(int filters, int kernel, Padding padding = Padding::same) {
  Conv2D c;
  c.filters = filters;
  c.kernel_size = {kernel, kernel};
  c.padding = padding;
  c.activation = Activation::relu;
  return c;
}

Dense dense(int units) {
  Dense d;
  d.units = units;
  return d;
}

MaxPooling2D pool(int size, int stride, Padding padding = Padding::same) {
  return {{size, size}, {stride, stride}, padding};
}

/// The message of the refusal, which must be `model_too_large`.
std::string refusal(Shape input, std::vector<LayerSpec> layers) {
  try {
    Sequential("m", std::move(input), std::move(layers));
  } catch (const Error& e) {
    CHECK(e.code() == "model_too_large");
    return e.what();
  }
  return "taken";
}

bool says(const std::string& message, const std::string& part) {
  INFO(message);
  return message.find(part) != std::string::npos;
}

/// VGG16's convolutions and pools.
std::vector<LayerSpec> vgg16() {
  std::vector<LayerSpec> out;
  for (const auto& [filters, times] :
       std::vector<std::pair<int, int>>{{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}}) {
    for (int i = 0; i < times; ++i) out.push_back({"", conv(filters, 3)});
    out.push_back({"", pool(2, 2)});
  }
  out.push_back({"", Flatten{}});
  return out;
}

}  // namespace

TEST_CASE("products and sums of sizes stay at the largest number instead of wrapping") {
  constexpr std::size_t kMost = std::numeric_limits<std::size_t>::max();
  CHECK(size_of(3, 4, 5) == 60);
  CHECK(size_of(kMost, 2) == kMost);
  CHECK(size_of(1 << 30, 1 << 30, 1 << 30) == kMost);
  CHECK(size_of(kMost, kMost, 0) == 0);
  CHECK(sum_of(kMost, std::size_t{1}) == kMost);
  CHECK(sum_of(std::size_t{1}, std::size_t{2}) == 3);
  CHECK(count_of(1U << 31, 4) == std::uint64_t{1} << 33);
  CHECK(Shape{1 << 30, 1 << 30, 1 << 30}.size() == kMost);
}

TEST_CASE("a refusal names the layer, how much it takes, the limit and what to do") {
  // 2^32 floats of patches, which 32 bits count as none.
  const std::string patches = refusal({1024, 1024, 1}, {{"c", conv(1, 64)}});
  for (const char* part : {"Conv2D \"c\"", "4294967296", "33554432", "smaller kernel"}) {
    CHECK(says(patches, part));
  }
  CHECK(
      says(refusal({28, 28, 4096}, {{"", pool(255, 1)}, {"p", pool(255, 1)}}), "multiplications"));
  CHECK(says(refusal({1024}, {{"", dense(65536)}}), "parameters"));
  CHECK(says(refusal({4096, 4096, 1}, std::vector<LayerSpec>(2, {"", ReLU{}})), "all outputs"));
}

TEST_CASE("courses' models are taken: VGG16 at 32 and at 224 pixels") {
  for (const int side : {32, 224}) {
    std::vector<LayerSpec> layers = vgg16();
    if (side == 32) layers.insert(layers.end(), {{"", dense(4096)}, {"", dense(4096)}});
    layers.push_back({"", dense(10)});
    CHECK(refusal({side, side, 3}, layers) == "taken");
  }
}

TEST_CASE("within the limits no operation asks for more scratch than a model may take") {
  const auto runs = [](Shape input, std::vector<LayerSpec> layers) {
    const Sequential m("m", std::move(input), std::move(layers));
    engine::Program program(m, {.capacity = 1});
    const std::vector<float> weights(m.parameter_count());
    return program.forward(weights, 1).size();
  };
  // One filter packs to eight: not fused then, since its weights would take eight times theirs.
  CHECK(runs({200, 200, 160},
             {{"", conv(1, 199, Padding::valid)}, {"", pool(2, 2, Padding::valid)}}) == 1);
  CHECK(runs({1023}, {{"", dense(65536)}}) == 65536);
}

TEST_CASE("big models take fewer images at once, small ones as many as asked for") {
  const auto at_once = [](Shape input, std::vector<LayerSpec> layers) {
    return engine::images_at_once(Sequential("m", std::move(input), std::move(layers)), 50);
  };
  CHECK(at_once({28, 28, 1}, {{"", conv(32, 3)}, {"", pool(2, 2)}}) == 50);
  CHECK(at_once({64, 64, 3}, vgg16()) == 37);
  CHECK(at_once({1024, 1024, 10}, {{"", ReLU{}}}) == 1);
}
