// Configurations: what is written reads back as the same model, and Keras's own forms of three
// generations are read.
#include "nn/json.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "core/error.hpp"

using namespace ziffer;
using namespace ziffer::nn;
using nlohmann::json;

namespace {

/// One layer of every kind, no setting at its default.
Sequential everything() {
  Conv2D c{6,
           {3, 2},
           {1, 2},
           Padding::same,
           Activation::tanh,
           false,
           Initializer::he_normal,
           Initializer::ones};
  Dense d{7, Activation::sigmoid, true, Initializer::lecun_uniform, Initializer::ones};
  Dense head{3, Activation::softmax, false, Initializer::glorot_normal, Initializer::zeros};
  return {"größer 数字",
          Shape{20, 18, 2},
          {{"scale", Rescaling{0.1F, -0.3F}},
           {"convolution", c},
           {"act", ActivationLayer{Activation::relu}},
           {"highest", MaxPooling2D{{3, 2}, {2, 1}, Padding::same}},
           {"mean", AveragePooling2D{{2, 3}, {1, 2}, Padding::valid}},
           {"flat \"quoted\" \\", Flatten{}},
           {"drop", Dropout{0.3F}},
           {"dense", d, false},
           {"rectified", ActivationLayer{Activation::relu, true}},
           {"head", head},
           {"shares", ActivationLayer{Activation::softmax, true}},
           {"norm",
            BatchNormalization{0.9F, 0.01F, true, true, Initializer::ones, Initializer::zeros,
                               Initializer::ones, Initializer::he_normal},
            false},
           {"bare", BatchNormalization{.center = false, .scale = false}, false}}};
}

/// Keras 3's fields around a layer, as model.to_json() writes them.
std::string keras3(const std::string& class_name, const std::string& config) {
  return R"({"module": "keras.layers", "class_name": ")" + class_name +
         R"(", "config": {"trainable": true, "dtype":
    {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null}, )" +
         config + R"(}, "registered_name": null, "build_config": {"input_shape": [null, 1]}})";
}

const std::string kGlorot = R"({"module": "keras.initializers", "class_name": "GlorotUniform",
    "config": {"seed": null, "input_axes": null, "output_axes": null}, "registered_name": null})";
const std::string kZeros =
    R"({"module": "keras.initializers", "class_name": "Zeros", "config": {}, "registered_name": null})";
const std::string kWeights = R"("use_bias": true, "kernel_initializer": )" + kGlorot +
                             R"(, "bias_initializer": )" + kZeros +
                             R"(, "kernel_regularizer": null, "bias_regularizer": null,
    "activity_regularizer": null, "kernel_constraint": null, "bias_constraint": null)";

std::string keras3_model(const std::string& layers) {
  return R"({"module": "keras", "class_name": "Sequential", "config": {"name": "sequential", "trainable": true,
    "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": null},
    "layers": [)" +
         keras3("InputLayer", R"("batch_shape": [null, 28, 28, 1], "sparse": false, "ragged": false,
                                 "name": "input_layer", "optional": false)") +
         "," + layers + R"(], "build_input_shape": [null, 28, 28, 1]}, "registered_name": null,
    "build_config": {"input_shape": [null, 28, 28, 1]}, "compile_config": {}})";
}

/// A model of an input and one layer with this config.
Sequential one(const std::string& class_name, const std::string& config) {
  return sequential_from_json(keras3_model(keras3(class_name, config)));
}

template <class Kind>
Kind only_layer(const std::string& class_name, const std::string& config) {
  return std::get<Kind>(one(class_name, config).layers().front().kind);
}

}  // namespace

TEST_CASE("every kind of layer comes back from its JSON as it was") {
  const Sequential m = everything();
  const Sequential back = sequential_from_json(to_json(m));
  CHECK(back.name() == m.name());
  CHECK(back.input() == m.input());
  CHECK(to_json(back) == to_json(m));
  CHECK(layers_json(back) == layers_json(m));
  CHECK(back.initial_parameters(3) == m.initial_parameters(3));

  const auto at = [&](std::size_t i) -> const LayerKind& { return back.layers().at(i).kind; };
  CHECK(std::get<Rescaling>(at(0)).scale == 0.1F);
  CHECK(std::get<Rescaling>(at(0)).offset == -0.3F);
  const auto c = std::get<Conv2D>(at(1));
  CHECK(c.filters == 6);
  CHECK(c.kernel_size == Extent{3, 2});
  CHECK(c.strides == Extent{1, 2});
  CHECK(c.padding == Padding::same);
  CHECK(c.activation == Activation::tanh);
  CHECK(!c.use_bias);
  CHECK(c.kernel_initializer == Initializer::he_normal);
  CHECK(c.bias_initializer == Initializer::ones);
  CHECK(std::get<ActivationLayer>(at(2)).activation == Activation::relu);
  CHECK(std::get<MaxPooling2D>(at(3)).pool_size == Extent{3, 2});
  CHECK(std::get<MaxPooling2D>(at(3)).strides == Extent{2, 1});
  CHECK(std::get<MaxPooling2D>(at(3)).padding == Padding::same);
  CHECK(std::get<AveragePooling2D>(at(4)).pool_size == Extent{2, 3});
  CHECK(back.layers()[5].name == "flat \"quoted\" \\");
  CHECK(std::get<Dropout>(at(6)).rate == 0.3F);
  CHECK(std::get<Dense>(at(7)).units == 7);
  CHECK(std::get<Dense>(at(7)).kernel_initializer == Initializer::lecun_uniform);
  CHECK(std::get<Dense>(at(9)).activation == Activation::softmax);
  CHECK(!std::get<Dense>(at(9)).use_bias);
  const auto b = std::get<BatchNormalization>(at(11));
  CHECK(b.momentum == 0.9F);
  CHECK(b.epsilon == 0.01F);
  CHECK(b.beta_initializer == Initializer::ones);
  CHECK(b.gamma_initializer == Initializer::zeros);
  CHECK(b.moving_mean_initializer == Initializer::ones);
  CHECK(b.moving_variance_initializer == Initializer::he_normal);
  CHECK(std::get<BatchNormalization>(at(12)).center == false);
  CHECK(std::get<BatchNormalization>(at(12)).scale == false);
  CHECK(back.layers()[12].parameter_count() == 6);
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
  CHECK(layers[7]["config"]["rate"].dump() == "0.3");
  CHECK(layers[1]["config"]["offset"].dump() == "-0.3");
}

TEST_CASE("a name that is no UTF-8 is mended when written, not thrown over") {
  const Sequential m("caf\xe9", {4}, {{"\xff\xfe", Flatten{}}});
  CHECK(sequential_from_json(to_json(m)).name() == "caf\xef\xbf\xbd");
  CHECK(json::parse(layers_json(m)).size() == 1);
}

TEST_CASE("Keras 3's JSON of the simple CNN is read as the lecture's model") {
  const std::string convolution =
      R"("name": "conv2d", "filters": 8, "kernel_size": [3, 3], "strides": [1, 1],
    "padding": "valid", "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, "activation": "relu", )" +
      kWeights;
  const Sequential m = sequential_from_json(keras3_model(
      keras3("Conv2D", convolution) + "," +
      keras3("MaxPooling2D",
             R"("name": "max_pooling2d", "pool_size": [2, 2], "padding": "valid", "strides": [2, 2],
                                "data_format": "channels_last")") +
      "," + keras3("Flatten", R"("name": "flatten_1", "data_format": "channels_last")") + "," +
      keras3(
          "Dense",
          R"("name": "dense_1", "units": 16, "activation": "relu", "quantization_config": null, )" +
              kWeights) +
      "," +
      keras3("Dense", R"("name": "dense_2", "units": 10, "activation": "softmax", )" + kWeights)));
  CHECK(m.parameter_count() == 21898);
  CHECK(m.layers().back().name == "dense_2");
  CHECK(std::get<Conv2D>(m.layers()[0].kind).kernel_initializer == Initializer::glorot_uniform);
}

TEST_CASE(
    "Keras 2's JSON is read, its input shape in the first layer, with an InputLayer or as a bare "
    "list") {
  const std::string conv = R"({"class_name": "Conv2D", "config": {"name": "c", "trainable": true,
    "batch_input_shape": [null, 28, 28, 1], "dtype": "float32", "filters": 8, "kernel_size": [3, 3],
    "kernel_initializer": {"class_name": "GlorotUniform", "config": {"seed": null}}, "kernel_regularizer": null}})";
  const std::string flatten =
      R"({"class_name": "Flatten", "config": {"name": "f", "data_format": "channels_last"}})";
  const std::string input =
      R"({"class_name": "InputLayer", "config": {"batch_input_shape": [32, 28, 28, 1],
    "dtype": "float32", "sparse": false, "ragged": false, "name": "c_input"}})";
  const std::string ending = R"(, "keras_version": "2.11.0", "backend": "tensorflow"})";
  for (const std::string& text :
       {R"({"class_name": "Sequential", "config": {"name": "s", "layers": [)" + conv + "," +
            flatten + "]}" + ending,
        R"({"class_name": "Sequential", "config": {"name": "s", "layers": [)" + input + "," + conv +
            "," + flatten + "]}" + ending,
        R"({"class_name": "Sequential", "config": [)" + conv + "," + flatten + "]" + ending}) {
    const Sequential m = sequential_from_json(text);
    CHECK(m.input() == Shape{28, 28, 1});
    CHECK(m.output() == Shape{26 * 26 * 8});
    CHECK(m.parameter_count() == 80);
  }
}

TEST_CASE("settings that are missing or null are Keras's defaults, a number stands for a pair") {
  const auto c = only_layer<Conv2D>("Conv2D", R"("filters": 4, "kernel_size": 5)");
  CHECK(c.kernel_size == Extent{5, 5});
  CHECK(c.strides == Extent{1, 1});
  CHECK(c.padding == Padding::valid);
  CHECK(c.activation == Activation::linear);
  CHECK(c.use_bias);
  CHECK(c.kernel_initializer == Initializer::glorot_uniform);
  CHECK(c.bias_initializer == Initializer::zeros);
  CHECK(only_layer<MaxPooling2D>("MaxPooling2D", R"("pool_size": 3, "strides": null)").strides ==
        Extent{3, 3});
  CHECK(only_layer<AveragePooling2D>("AveragePooling2D", R"("pool_size": [2, 3])").strides ==
        Extent{2, 3});
  CHECK(one("Conv2D", R"("filters": 4, "kernel_size": 5)").layers()[0].name == "conv2d");
}

TEST_CASE("layers of another name and the same meaning are read: ReLU, Softmax, MaxPool2D") {
  const Sequential named("named", Shape{4},
                         {{"", ActivationLayer{Activation::relu, true}},
                          {"", ActivationLayer{Activation::softmax, true}}});
  CHECK(class_name(named.layers()[0].kind) == std::string("ReLU"));
  CHECK(named.layers()[0].name == "re_lu");
  CHECK(named.layers()[1].name == "softmax");
  CHECK(only_layer<ActivationLayer>("ReLU",
                                    R"("max_value": null, "negative_slope": 0.0, "threshold": 0.0)")
            .activation == Activation::relu);
  CHECK(only_layer<ActivationLayer>("Softmax", R"("axis": -1)").activation == Activation::softmax);
  CHECK(only_layer<MaxPooling2D>("MaxPool2D", R"("pool_size": 2)").pool_size == Extent{2, 2});
}

TEST_CASE("initialisers are read as words, as classes, and as the scalings of TensorFlow.js") {
  const auto read = [](const std::string& initializer) {
    return only_layer<Conv2D>(
               "Conv2D", R"("filters": 1, "kernel_size": 1, "kernel_initializer": )" + initializer)
        .kernel_initializer;
  };
  CHECK(read(R"("he_uniform")") == Initializer::he_uniform);
  CHECK(read(R"({"class_name": "HeNormal", "config": {"seed": 3}})") == Initializer::he_normal);
  CHECK(read(R"({"class_name": "LecunUniform"})") == Initializer::lecun_uniform);
  CHECK(read(R"({"class_name": "Ones", "config": {}})") == Initializer::ones);
  const auto scaling = [&](const char* scale, const char* mode, const char* distribution) {
    return read(std::string(R"({"class_name": "VarianceScaling", "config": {"scale": )") + scale +
                R"(, "mode": ")" + mode + R"(", "distribution": ")" + distribution +
                R"(", "seed": null}})");
  };
  CHECK(scaling("1", "fan_avg", "uniform") == Initializer::glorot_uniform);
  CHECK(scaling("1.0", "fan_avg", "normal") == Initializer::glorot_normal);
  CHECK(scaling("2", "fan_in", "truncated_normal") == Initializer::he_normal);
  CHECK(scaling("1", "fan_in", "uniform") == Initializer::lecun_uniform);
  CHECK_THROWS_AS(scaling("3", "fan_in", "uniform"), Error);
  CHECK_THROWS_AS(scaling("1", "fan_in", "untruncated_normal"), Error);
}
