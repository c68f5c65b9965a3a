// Models whose layers are no chain: what comes out, what is refused, and that a chain stays one.
#include <doctest/doctest.h>

#include "core/error.hpp"
#include "engine/program.hpp"
#include "nn/config.hpp"

using namespace ziffer;
using nn::LayerSpec;
using nn::Sequential;

namespace {

/// What a model without weights makes of one image.
std::vector<float> output(const Sequential& model, const std::vector<float>& image) {
  engine::Program program(model, {.fused = false});
  std::ranges::copy(image, program.input(1).begin());
  const auto y = program.forward(model.initial_parameters(1), 1);
  return {y.begin(), y.end()};
}

/// Twice the input and half of it, joined.
std::vector<float> joined(const nn::LayerKind& how, const std::vector<float>& image) {
  return output(Sequential("m", Shape{static_cast<int>(image.size())},
                           {{"twice", nn::Rescaling{2, 0}},
                            {"half", nn::Rescaling{0.5F, 0}, true, {nn::kInputName}},
                            {"", how, true, {"twice", "half"}}}),
                image);
}

std::string refusal(std::vector<LayerSpec> layers) {
  try {
    Sequential("m", {4, 4, 2}, std::move(layers));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("what joins two inputs does it number by number, or puts them behind each other") {
  const std::vector<float> image{1, -4};
  CHECK(joined(nn::Add{}, image) == std::vector<float>{2.5F, -10});
  CHECK(joined(nn::Subtract{}, image) == std::vector<float>{1.5F, -6});
  CHECK(joined(nn::Multiply{}, image) == std::vector<float>{1, 16});
  CHECK(joined(nn::Average{}, image) == std::vector<float>{1.25F, -5});
  CHECK(joined(nn::Maximum{}, image) == std::vector<float>{2, -2});
  CHECK(joined(nn::Minimum{}, image) == std::vector<float>{0.5F, -8});
  CHECK(joined(nn::Concatenate{}, image) == std::vector<float>{2, -8, 0.5F, -2});
}

TEST_CASE("a chain whose layers name what they take is the same chain") {
  const std::vector<LayerSpec> plain{{"a", nn::Rescaling{2, 1}}, {"b", nn::Flatten{}}};
  std::vector<LayerSpec> named = plain;
  named[0].inbound = {nn::kInputName};
  named[1].inbound = {"a"};
  const Sequential one("m", {2, 2, 1}, plain), other("m", {2, 2, 1}, named);
  CHECK(other.is_chain());
  CHECK(nn::to_json(one) == nn::to_json(other));
}

TEST_CASE("a graph is written and read back as it is") {
  const Sequential model("m", {4, 4, 2},
                         {{"a", nn::Rescaling{2, 0}},
                          {"b", nn::Rescaling{3, 0}, true, {nn::kInputName}},
                          {"", nn::Concatenate{-1}, true, {"b", nn::kInputName, "a"}}});
  CHECK_FALSE(model.is_chain());
  CHECK(model.output() == Shape{4, 4, 6});
  const std::string text = nn::to_json(model);
  CHECK(nn::to_json(nn::sequential_from_json(text)) == text);
}

TEST_CASE("layers that do not fit together are refused by name") {
  const nn::Flatten flat;
  CHECK(refusal({{"a", flat}, {"b", nn::Add{}, true, {"a", "c"}}}) ==
        "Add \"b\": it takes \"c\", which is no layer before it.");
  CHECK(refusal({{"a", flat}, {"b", flat, true, {nn::kInputName}}}) ==
        "Flatten \"a\": no other layer takes its output.");
  CHECK(refusal({{"a", flat}, {"b", flat, true, {"a", "a"}}}) ==
        "Flatten \"b\": expected one input, got 2.");
  CHECK(refusal({{"a", flat}, {"b", nn::Subtract{}, true, {"a"}}}) ==
        "Subtract \"b\": expected two inputs, got 1.");
  CHECK(refusal({{"a", nn::MaxPooling2D{}}, {"b", nn::Add{}, true, {"a", nn::kInputName}}}) ==
        "Add \"b\": expected inputs of the same shape as (2, 2, 2), got (4, 4, 2).");
  CHECK(refusal({{"a", flat}, {"b", nn::Concatenate{}, true, {"a", nn::kInputName}}})
            .starts_with("Concatenate \"b\": expected inputs that differ in the axis"));
  CHECK(refusal({{"a", flat}, {"b", nn::Concatenate{2}, true, {"a", "a"}}}) ==
        "Concatenate \"b\": 2 is no axis of inputs of (32,).");
}
