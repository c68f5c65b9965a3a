// Configurations come from files that anyone may have made: whatever is in them, the answer is a
// model or an Error that says where and why. Run under the sanitizers as well.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "config/json.hpp"
#include "core/error.hpp"
#include "core/rng.hpp"
#include "nn/config.hpp"

using namespace ziffer;
using namespace ziffer::nn;

namespace {

std::string model_of(const std::string& layers) {
  return R"({"class_name": "Sequential", "config": {"name": "m", "layers": [)" + layers + "]}}";
}

const std::string kInput =
    R"({"class_name": "InputLayer", "config": {"batch_shape": [null, 28, 28, 1]}})";

std::string layer(const std::string& class_name, const std::string& config) {
  return R"({"class_name": ")" + class_name + R"(", "config": {)" + config + "}}";
}

std::string with(const std::string& class_name, const std::string& config) {
  return model_of(kInput + "," + layer(class_name, config));
}

/// A model of one layer named "eye" in its canonical form, but for `changes` (a JSON object; null
/// takes a setting away).
std::string changed(const LayerKind& kind, const std::string& changes, bool trainable = true) {
  using nlohmann::ordered_json;
  const std::string text = to_json(Sequential("m", Shape{28, 28, 1}, {{"eye", kind, trainable}}));
  ordered_json root = ordered_json::parse(text);
  root["config"]["layers"][1]["config"].merge_patch(ordered_json::parse(changes));
  return root.dump();
}

Conv2D eye() {
  Conv2D c;
  c.filters = 4;
  c.kernel_size = {3, 3};
  return c;
}

/// The code with which a text is refused; its message must be of bearable length and contain all of
/// `parts`.
std::string refused(const std::string& text, const std::vector<std::string>& parts = {}) {
  try {
    sequential_from_json(text);
  } catch (const Error& e) {
    const std::string what = e.what();
    INFO(what);
    CHECK(what.size() < 1000);
    for (const std::string& part : parts) CHECK(what.find(part) != std::string::npos);
    return e.code();
  }
  return "accepted";
}

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
  std::string out;
  for (std::size_t i = 0; i < depth; ++i) out += open;
  out += "1";
  for (std::size_t i = 0; i < depth; ++i) out += close;
  return out;
}

}  // namespace

TEST_CASE("what is not a JSON object is invalid_json") {
  for (const char* text : {"", " ", "nonsense", "{", "[]", "3", "null", "\"Sequential\"",
                           "{\"a\": 1e999}", "{\"a\": 01}", "{'a': 1}", "{\"a\": \"\xff\xfe\"}",
                           "{\"a\": \"\xc3\"}", "{\"\\ud800\": 1}"}) {
    CAPTURE(text);
    CHECK(refused(text) == "invalid_json");
  }
  CHECK(refused(std::string((1U << 20U) + 1, ' '), {"1 MiB"}) == "invalid_json");
}

TEST_CASE("nesting of any depth is refused without going down into it") {
  for (const std::size_t depth : {std::size_t{40}, std::size_t{1000}, std::size_t{170000}}) {
    CHECK(refused("{\"config\": " + nested(depth, "[", "]") + "}", {"deeply"}) == "invalid_json");
    CHECK(refused(nested(depth, "{\"a\":", "}"), {"deeply"}) == "invalid_json");
    CHECK(refused(std::string(depth, '[')) == "invalid_json");
  }
}

TEST_CASE("brackets are counted where they are no text") {
  const std::string deepest = nested(kDeepestJson, "[", "]");
  CHECK(is_shallow_json(deepest));
  CHECK_FALSE(is_shallow_json("[" + deepest + "]"));
  CHECK(is_shallow_json(deepest + deepest));
  CHECK(is_shallow_json("\"" + std::string(100, '[') + "\""));
  CHECK(is_shallow_json(R"(["\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["])"));
  CHECK_FALSE(is_shallow_json(R"("\\")" + std::string(kDeepestJson + 1, '{')));
  CHECK(parse_json("[1, {\"a\": 2}]")[1]["a"] == Json(2));
  CHECK(parse_json("[" + deepest + "]").is_discarded());
}

TEST_CASE("what is not a Sequential is an unsupported_model") {
  CHECK(refused("{}", {"null"}) == "unsupported_model");
  CHECK(refused(R"({"class_name": "Functional", "config": {}})", {"Functional"}) ==
        "unsupported_model");
  CHECK(refused(R"({"class_name": ["Sequential"]})") == "unsupported_model");
  CHECK(refused(R"({"class_name": ")" + std::string(500000, 'x') + "\"}") == "unsupported_model");
}

TEST_CASE("a structure of the wrong types is an invalid_config that says where") {
  for (const char* config :
       {"null", "3", "{}", R"({"layers": 3})", R"({"layers": {"a": 1}})", "\"layers\""}) {
    CAPTURE(config);
    CHECK(refused(std::string(R"({"class_name": "Sequential", "config": )") + config + "}",
                  {"layers"}) == "invalid_config");
  }
  for (const char* item :
       {"3", "null", "[]", "\"Dense\"", "{}", R"({"class_name": 3})", R"({"class_name": null})",
        R"({"class_name": "Dense", "config": 3})", R"({"class_name": "Dense", "config": []})"}) {
    CAPTURE(item);
    CHECK(refused(model_of(kInput + "," + item), {"layer 2"}) == "invalid_config");
  }
  CHECK(refused(model_of(kInput + "," + kInput), {"layer 2"}) == "unsupported_layer");
}

TEST_CASE("an input shape is required, and must be one") {
  CHECK(refused(model_of(""), {"list of layers"}) == "invalid_config");
  CHECK(refused(model_of(layer("Dense", R"("units": 3)")), {"InputLayer"}) == "invalid_config");
  for (const char* shape : {"3", "{}", "[]", "[null]", "[null, 1, 2, 3, 4]", "[null, null]",
                            "[null, \"a\"]", "[null, 2.5]", "[null, 0]", "[null, -28, 28]",
                            "[null, 1e3]", "[null, 99999999999999999999]", "[null, 20000]",
                            "[null, 16384, 16384, 16384]", "[null, -9223372036854775808]"}) {
    CAPTURE(shape);
    CHECK(refused(model_of(layer("InputLayer", std::string(R"("batch_shape": )") + shape))) ==
          "invalid_config");
  }
}

TEST_CASE("a layer that is not supported is named, with those that are") {
  CHECK(refused(with("LSTM", R"("name": "memory", "units": 3)"), {"LSTM \"memory\"", "Conv2D"}) ==
        "unsupported_layer");
  CHECK(refused(with("BatchNorm", ""), {"BatchNorm (layer 2)"}) == "unsupported_layer");
}

TEST_CASE(
    "a setting of the wrong type or out of every range is an invalid_config that names layer and "
    "setting") {
  const auto refuses = [](const LayerKind& kind, const std::string& key, const std::string& value,
                          const std::string& named, bool trainable = true) {
    CAPTURE(key);
    CAPTURE(value);
    CHECK(refused(changed(kind, "{\"" + key + "\": " + value + "}", trainable),
                  {"\"eye\"", named}) == "invalid_config");
  };
  for (const char* filters : {"3.0", "\"3\"", "true", "[3]", "{}", "1e9", "2000000000",
                              "-2000000000", "18446744073709551615", "99999999999999999999999"}) {
    refuses(eye(), "filters", filters, "filters");
  }
  for (const char* size : {"[3]", "[3, 3, 3]", "[3, null]", "[[3], 3]", "2.5", "0", "3", "[1, 256]",
                           "\"3\"", "[0, 1]", "[-1, 1]"}) {
    refuses(eye(), "kernel_size", size, "");
    refuses(eye(), "strides", size, "");
  }
  for (const char* word : {"\"causal\"", "3", "{}", "\"Valid\"", "[]"}) {
    refuses(eye(), "padding", word, "padding");
    refuses(eye(), "activation", word, "activation");
    refuses(eye(), "kernel_initializer", word, "initializer");
    refuses(eye(), "bias_initializer", word, "initializer");
  }
  for (const char* flag : {"1", "\"yes\"", "[]"}) refuses(eye(), "use_bias", flag, "use_bias");
  for (const char* rate : {"1.0", "-0.5", "1e300", "\"0.5\"", "true", "[]"}) {
    refuses(Dropout{}, "rate", rate, "Dropout");
  }
  const BatchNormalization norm;
  refuses(norm, "epsilon", "-0.001", "epsilon", false);
  refuses(norm, "epsilon", "\"small\"", "epsilon", false);
  refuses(norm, "momentum", "1e39", "momentum", false);
  refuses(norm, "center", "1", "center", false);
  refuses(norm, "trainable", "\"no\"", "trainable", false);
  refuses(Rescaling{}, "scale", "1e300", "scale");
  refuses(Rescaling{}, "offset", "-1e39", "offset");
}

TEST_CASE(
    "names and classes with control characters, which would cut or bend a message, are refused") {
  for (const char* control : {"\\u0000", "\\n", "\\u001b[31m", "\\u007f"}) {
    const std::string text = std::string("before") + control + "after";
    CHECK(refused(with(text, ""), {"layer 2", "after"}) == "invalid_config");
    CHECK(refused(with("Flatten", R"("name": ")" + text + "\""), {"layer 2", "after"}) ==
          "invalid_config");
  }
}

TEST_CASE("long texts are refused in short messages") {
  const std::string endless(500000, 'n');
  CHECK(refused(with("Flatten", R"("name": ")" + endless + "\""), {"256 bytes"}) ==
        "invalid_config");
  CHECK(refused(with(endless, "")) == "invalid_config");
  CHECK(refused(changed(eye(), R"({"activation": ")" + endless + "\"}")) == "invalid_config");
  CHECK(refused(changed(eye(), R"({"padding": {"class_name": ")" + endless + "\"}}")) ==
        "invalid_config");
  CHECK(refused(changed(eye(), R"({")" + endless + "\": 1}")) == "invalid_config");
  CHECK(refused(R"({"class_name": "Sequential", "config": {"name": ")" + endless +
                R"(", "layers": [)" + kInput + "]}}") == "invalid_config");
  std::string many = kInput;
  for (int i = 0; i < 10000; ++i) many += R"(,{"class_name": "Flatten", "config": {}})";
  CHECK(refused(model_of(many)) == "model_too_large");
}

TEST_CASE(
    "a configuration with any bytes changed or cut off is a model or an Error, never anything "
    "else") {
  const std::string whole = to_json(Sequential(
      "größe", Shape{28, 28, 1},
      {{"", eye()}, {"", MaxPooling2D{}}, {"", Dropout{0.25F}}, {"", Flatten{}}, {"", Dense{3}}}));
  REQUIRE(refused(whole) == "accepted");
  for (std::size_t n = 0; n < whole.size(); ++n)
    CHECK(refused(whole.substr(0, n)) == "invalid_json");
  Rng rng(1);
  const auto size = static_cast<std::uint32_t>(whole.size());
  int accepted = 0;
  for (int i = 0; i < 4000; ++i) {
    std::string text = whole;
    for (std::uint32_t k = 0; k <= rng.below(4); ++k) {
      constexpr char kSpice[] = "0123456789-.eE\"{}[],: ntf\\\xff";
      text[rng.below(size)] = rng.below(3) == 0 ? static_cast<char>(rng.below(256))
                                                : kSpice[rng.below(sizeof kSpice - 1)];
    }
    accepted += refused(text) == "accepted";
  }
  CHECK(accepted > 0);
}
