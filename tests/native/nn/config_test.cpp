// Configurations: what is written reads back as the same model, and nothing else is read.
#include "nn/config.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

using namespace ziffer;
using namespace ziffer::nn;
using nlohmann::json;

namespace {

/// One layer of every kind, no setting at its default.
Sequential everything() {
  Conv2D c{6, {3, 2},           {1, 2}, Padding::same,          {1, 1},
           2, Activation::tanh, false,  Initializer::he_normal, Initializer::ones};
  Dense d{7, Activation::sigmoid, true, Initializer::lecun_uniform, Initializer::ones};
  Dense head{3, Activation::softmax, false, Initializer::glorot_normal, Initializer::zeros};
  return {"größer 数字",
          Shape{20, 18, 2},
          {{"scale", Rescaling{0.1F, -0.3F}},
           {"convolution", c},
           {"act", ActivationLayer{Activation::relu}},
           {"highest", MaxPooling2D{{3, 2}, {2, 1}, Padding::same}},
           {"mean", AveragePooling2D{{2, 3}, {1, 2}, Padding::valid}},
           {"wide", ZeroPadding2D{{1, 2, 3, 4}}},
           {"narrow", Cropping2D{{2, 1, 4, 3}}},
           {"large", UpSampling2D{{3, 2}, Interpolation::bilinear}},
           {"spots", SpatialDropout2D{0.2F}},
           {"turned", Permute{{2, 3, 1}}},
           {"shaped", Reshape{{1, -1, 2}}},
           {"top", GlobalMaxPooling2D{true}},
           {"average", GlobalAveragePooling2D{true}},
           {"noise", GaussianNoise{0.3F}},
           {"factors", GaussianDropout{0.4F}},
           {"flat \"quoted\" \\", Flatten{}},
           {"drop", Dropout{0.3F}},
           {"dense", d, false},
           {"rectified", ReLU{6.0F, 0.1F, 0.5F}},
           {"unlimited", ReLU{}},
           {"leaky", LeakyReLU{0.2F}},
           {"bent", ELU{0.5F}},
           {"learned", PReLU{Initializer::he_normal, {1}}},
           {"head", head},
           {"shares", Softmax{}},
           {"norm",
            BatchNormalization{0.9F, 0.01F, true, true, Initializer::ones, Initializer::zeros,
                               Initializer::ones, Initializer::he_normal},
            false},
           {"bare", BatchNormalization{.center = false, .scale = false}, false}}};
}

/// The same of the layers that take pictures and go further than the ones above.
Sequential depthwise() {
  return {"depthwise",
          Shape{20, 18, 2},
          {{"alone", DepthwiseConv2D{{3, 2},
                                     {2, 2},
                                     Padding::same,
                                     3,
                                     {1, 2},
                                     Activation::tanh,
                                     false,
                                     Initializer::he_normal,
                                     Initializer::ones}},
           {"both", SeparableConv2D{5,
                                    {2, 3},
                                    {1, 2},
                                    Padding::same,
                                    {2, 1},
                                    4,
                                    Activation::relu,
                                    false,
                                    Initializer::he_uniform,
                                    Initializer::ones,
                                    Initializer::ones}}}};
}

}  // namespace

TEST_CASE(
    "a model's identity keeps what a setting that came later says, and nothing of a default") {
  const auto plain = [](Conv2D c) {
    c.filters = 4;
    c.kernel_size = {2, 2};
    return Sequential("m", Shape{9, 9, 2}, {{"c", c}});
  };
  const std::string usual = identity(plain({}));
  CHECK(usual.find("groups") == std::string::npos);
  CHECK(usual.find("dilation_rate") == std::string::npos);
  CHECK(usual.find("strides") != std::string::npos);
  CHECK(identity(plain({.dilation_rate = {2, 1}})) != usual);
  CHECK(identity(plain({.groups = 2})) != usual);
  const Sequential both = plain({.dilation_rate = {2, 3}, .groups = 2});
  CHECK(to_json(sequential_from_json(to_json(both))) == to_json(both));
}

TEST_CASE("depthwise and separable convolutions come back from their JSON as they were") {
  const Sequential m = depthwise();
  const Sequential back = sequential_from_json(to_json(m));
  CHECK(to_json(back) == to_json(m));
  const auto& [alone, both] = std::pair{back.layers()[0], back.layers()[1]};
  const auto d = std::get<DepthwiseConv2D>(alone.kind);
  CHECK(d.kernel_size == Extent{3, 2});
  CHECK(d.strides == Extent{2, 2});
  CHECK(d.depth_multiplier == 3);
  CHECK(d.dilation_rate == Extent{1, 2});
  CHECK(d.depthwise_initializer == Initializer::he_normal);
  CHECK(alone.output == Shape{10, 9, 6});
  const auto s = std::get<SeparableConv2D>(both.kind);
  CHECK(s.filters == 5);
  CHECK(s.pointwise_initializer == Initializer::ones);
  CHECK(both.parameters[0].shape == Shape{2, 3, 6, 4});
  CHECK(both.parameters[1].shape == Shape{1, 1, 24, 5});
  CHECK(both.output == Shape{10, 5, 5});
}

TEST_CASE("every kind of layer comes back from its JSON as it was") {
  const Sequential m = everything();
  const Sequential back = sequential_from_json(to_json(m));
  CHECK(back.name() == m.name());
  CHECK(back.input() == m.input());
  CHECK(to_json(back) == to_json(m));
  CHECK(back.initial_parameters(3) == m.initial_parameters(3));

  const auto at = [&](std::size_t i) -> const LayerKind& { return back.layers().at(i).kind; };
  CHECK(std::get<Rescaling>(at(0)).scale == 0.1F);
  CHECK(std::get<Rescaling>(at(0)).offset == -0.3F);
  const auto c = std::get<Conv2D>(at(1));
  CHECK(c.filters == 6);
  CHECK(c.kernel_size == Extent{3, 2});
  CHECK(c.strides == Extent{1, 2});
  CHECK(c.padding == Padding::same);
  CHECK(c.groups == 2);
  CHECK(c.activation == Activation::tanh);
  CHECK(!c.use_bias);
  CHECK(c.kernel_initializer == Initializer::he_normal);
  CHECK(c.bias_initializer == Initializer::ones);
  CHECK(std::get<ActivationLayer>(at(2)).activation == Activation::relu);
  CHECK(std::get<MaxPooling2D>(at(3)).pool_size == Extent{3, 2});
  CHECK(std::get<MaxPooling2D>(at(3)).strides == Extent{2, 1});
  CHECK(std::get<MaxPooling2D>(at(3)).padding == Padding::same);
  CHECK(std::get<AveragePooling2D>(at(4)).pool_size == Extent{2, 3});
  CHECK(back.layers()[15].name == "flat \"quoted\" \\");
  CHECK(std::get<Dropout>(at(16)).rate == 0.3F);
  CHECK(std::get<Dense>(at(17)).units == 7);
  CHECK(std::get<Dense>(at(17)).kernel_initializer == Initializer::lecun_uniform);
  CHECK(std::get<ReLU>(at(18)).max_value == 6.0F);
  CHECK(std::get<ReLU>(at(18)).negative_slope == 0.1F);
  CHECK(std::get<ReLU>(at(18)).threshold == 0.5F);
  CHECK(std::get<ReLU>(at(19)).max_value == static_cast<float>(kNoLimit));
  CHECK(std::get<LeakyReLU>(at(20)).negative_slope == 0.2F);
  CHECK(std::get<ELU>(at(21)).alpha == 0.5F);
  CHECK(std::get<PReLU>(at(22)).shared_axes == std::vector{1});
  CHECK(std::get<Dense>(at(23)).activation == Activation::softmax);
  CHECK(!std::get<Dense>(at(23)).use_bias);
  const auto b = std::get<BatchNormalization>(at(25));
  CHECK(b.momentum == 0.9F);
  CHECK(b.epsilon == 0.01F);
  CHECK(b.beta_initializer == Initializer::ones);
  CHECK(b.gamma_initializer == Initializer::zeros);
  CHECK(b.moving_mean_initializer == Initializer::ones);
  CHECK(b.moving_variance_initializer == Initializer::he_normal);
  CHECK(std::get<BatchNormalization>(at(26)).center == false);
  CHECK(std::get<BatchNormalization>(at(26)).scale == false);
  CHECK(back.layers()[26].parameter_count() == 6);
}

TEST_CASE("what is written has Keras 3's words, modules and shortest numbers") {
  const json root = json::parse(to_json(everything()));
  CHECK(root["module"] == "keras");
  CHECK(root["class_name"] == "Sequential");
  const json& layers = root["config"]["layers"];
  CHECK(layers[0]["class_name"] == "InputLayer");
  CHECK(layers[0]["config"]["batch_shape"] == json::parse("[null, 20, 18, 2]"));
  for (const json& layer : layers) CHECK(layer["module"] == "keras.layers");
  CHECK(layers[2]["config"]["kernel_initializer"] == "he_normal");
  CHECK(layers[17]["config"]["rate"].dump() == "0.3");
  CHECK(layers[1]["config"]["offset"].dump() == "-0.3");
}

TEST_CASE("a name that is no UTF-8 is mended when written, not thrown over") {
  const Sequential m("caf\xe9", {4}, {{"\xff\xfe", Flatten{}}});
  CHECK(sequential_from_json(to_json(m)).name() == "caf\xef\xbf\xbd");
}

TEST_CASE("ReLU and Softmax are layers of their own names") {
  const Sequential named("named", Shape{4}, {{"", ReLU{}}, {"", Softmax{}}});
  CHECK(class_name(named.layers()[0].kind) == std::string("ReLU"));
  CHECK(named.layers()[0].name == "re_lu");
  CHECK(named.layers()[1].name == "softmax");
}

TEST_CASE("a configuration without one of its settings, or with one more, is refused by name") {
  const json whole = json::parse(to_json(everything()));
  const std::size_t count = whole["config"]["layers"].size();
  for (std::size_t i = 1; i < count; ++i) {
    const json& config = whole["config"]["layers"][i]["config"];
    for (const auto& [key, value] : config.items()) {
      if (key == "name" || key == "trainable") continue;
      json less = whole;
      less["config"]["layers"][i]["config"].erase(key);
      CAPTURE(key);
      CHECK_THROWS_WITH_AS(sequential_from_json(less.dump()),
                           doctest::Contains((key + ", which is missing").c_str()), Error);
    }
    json more = whole;
    more["config"]["layers"][i]["config"]["kernel_regularizer"] = nullptr;
    CHECK_THROWS_WITH_AS(sequential_from_json(more.dump()),
                         doctest::Contains("\"kernel_regularizer\" is no setting of it"), Error);
  }
}

TEST_CASE("the schema lists every setting that is written, in its order, with its default") {
  const json schema = json::parse(layer_schema().dump());
  CHECK(schema.size() == std::variant_size_v<LayerKind>);
  const json whole = json::parse(to_json(everything()));
  for (const auto& written : whole["config"]["layers"]) {
    const std::string kind = written["class_name"];
    if (kind == "InputLayer") continue;
    std::vector<std::string> expected, listed;
    for (const auto& [key, value] : written["config"].items()) {
      if (key != "name" && key != "trainable") expected.push_back(key);
    }
    for (const json& layer : schema) {
      if (layer["class_name"] != kind) continue;
      for (const json& field : layer["fields"]) listed.push_back(field["name"]);
    }
    std::ranges::sort(expected);
    std::ranges::sort(listed);
    CHECK(listed == expected);
  }
  const auto dense = std::ranges::find_if(
      schema, [](const json& layer) { return layer["class_name"] == "Dense"; });
  const json& units = (*dense)["fields"][0];
  CHECK(
      units ==
      json{
          {"name", "units"}, {"type", "whole"}, {"default", nullptr}, {"low", 1}, {"high", 65536}});
}
