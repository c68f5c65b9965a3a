// Models as descriptions: shapes, names, parameter counts, offsets and errors are Keras's.
#include "nn/sequential.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "core/error.hpp"

using namespace ziffer;
using namespace ziffer::nn;

namespace {

Conv2D conv(int filters, Extent kernel, Extent strides = {1, 1}, Padding padding = Padding::valid) {
  Conv2D c;
  c.filters = filters;
  c.kernel_size = kernel;
  c.strides = strides;
  c.padding = padding;
  return c;
}

Dense dense(int units, bool bias = true) {
  Dense d;
  d.units = units;
  d.use_bias = bias;
  return d;
}

Sequential model(Shape input, std::vector<LayerSpec> layers) {
  return {"m", std::move(input), std::move(layers)};
}

Shape output(Shape input, LayerKind kind) {
  return model(std::move(input), {{"", std::move(kind)}}).output();
}

/// Keras's documentation: valid: floor((in - window) / stride) + 1; same: ceil(in / stride).
int keras_extent(int in, int window, int stride, Padding p) {
  return p == Padding::same ? (in - 1) / stride + 1 : (in - window) / stride + 1;
}

/// The code of the error that f throws; its text must contain all of `parts`.
std::string error_of(const std::function<void()>& f, const std::vector<std::string>& parts = {}) {
  try {
    f();
  } catch (const Error& e) {
    const std::string what = e.what();
    INFO(what);
    for (const std::string& part : parts) CHECK(what.find(part) != std::string::npos);
    return e.code();
  }
  return "no error";
}

std::vector<std::string> names(const Sequential& m) {
  std::vector<std::string> out;
  for (const Layer& l : m.layers()) out.push_back(l.name);
  return out;
}

}  // namespace

TEST_CASE("windows give the extents of Keras's formulas, for every size, stride and padding") {
  for (const int in : {1, 2, 5, 8, 28}) {
    for (const int window : {1, 2, 3, 5}) {
      for (const int stride : {1, 2, 3, 7}) {
        for (const Padding p : {Padding::valid, Padding::same}) {
          if (p == Padding::valid && window > in) continue;
          const int want = keras_extent(in, window, stride, p), wide = keras_extent(30, 2, 1, p);
          CHECK(output({in, 30, 3}, conv(6, {window, 2}, {stride, 1}, p)) == Shape{want, wide, 6});
          CHECK(output({in, 30, 3}, MaxPooling2D{{window, 2}, {stride, 1}, p}) ==
                Shape{want, wide, 3});
          CHECK(output({30, in, 3}, AveragePooling2D{{2, window}, {1, stride}, p}) ==
                Shape{wide, want, 3});
        }
      }
    }
  }
}

TEST_CASE("same padding is split as TensorFlow splits it, the odd zero behind") {
  const auto top = [](int in, int window, int stride) {
    return resolve_window({in, in, 1}, {window, window}, {stride, stride}, Padding::same).top;
  };
  CHECK(top(5, 3, 1) == 1);
  CHECK(top(5, 2, 1) == 0);
  CHECK(top(6, 3, 2) == 0);
  CHECK(top(7, 3, 2) == 1);
  CHECK(top(6, 5, 2) == 1);
  CHECK(top(4, 2, 3) == 0);
  const ResolvedWindow r = resolve_window({5, 6, 1}, {3, 5}, {1, 2}, Padding::same);
  CHECK(r.left == 1);
  CHECK(r.top == 1);
  CHECK(resolve_window({5, 5, 1}, {3, 3}, {1, 1}, Padding::valid).top == 0);
}

TEST_CASE("Flatten multiplies, Dense gives its units in the last axis, the others keep the shape") {
  CHECK(output({13, 13, 8}, Flatten{}) == Shape{1352});
  CHECK(output({5}, Flatten{}) == Shape{5});
  CHECK(output({5}, dense(3)) == Shape{3});
  CHECK(output({28, 28}, dense(3)) == Shape{28, 3});
  CHECK(output({6, 5, 4}, dense(3)) == Shape{6, 5, 3});
  for (const Shape& s : {Shape{4, 4, 2}, Shape{4, 4}, Shape{9}}) {
    CHECK(output(s, Dropout{0.3F}) == s);
    CHECK(output(s, ActivationLayer{Activation::relu}) == s);
    CHECK(output(s, Rescaling{2, 1}) == s);
    CHECK(model(s, {{"", BatchNormalization{}, false}}).output() == s);
  }
  CHECK(model({4, 4, 2}, {}).output() == Shape{4, 4, 2});
}

TEST_CASE("the lecture's models have 7,850, 21,898 and 34,826 parameters, and so much to do") {
  const Sequential softmax = model({28, 28, 1}, {{"", Flatten{}}, {"", dense(10)}});
  CHECK(softmax.parameter_count() == 7850);
  CHECK(softmax.multiplications() == 7840);
  const Sequential simple = model({28, 28, 1}, {{"", conv(8, {3, 3})},
                                                {"", MaxPooling2D{}},
                                                {"", Flatten{}},
                                                {"", dense(16)},
                                                {"", dense(10)}});
  CHECK(simple.parameter_count() == 21898);
  CHECK(simple.multiplications() == 26 * 26 * 72 + 1352 * 16 + 160);
  const Sequential two_conv = model({28, 28, 1}, {{"", conv(32, {3, 3})},
                                                  {"", MaxPooling2D{}},
                                                  {"", conv(64, {3, 3})},
                                                  {"", MaxPooling2D{}},
                                                  {"", Flatten{}},
                                                  {"", Dropout{0.5F}},
                                                  {"", dense(10)}});
  CHECK(two_conv.parameter_count() == 34826);
  CHECK(two_conv.multiplications() == 26 * 26 * 288 + 11 * 11 * 18432 + 16000);
  CHECK(model({4, 4, 2}, {}).multiplications() == 0);
}

TEST_CASE("parameters lie without gaps in the order of the layers, kernel before bias") {
  const Sequential m = model({9, 8, 3}, {{"", conv(5, {3, 2})},
                                         {"", MaxPooling2D{}},
                                         {"", Flatten{}},
                                         {"", dense(4, false)},
                                         {"", Dropout{}},
                                         {"", dense(2)},
                                         {"", BatchNormalization{}, false}});
  std::vector<std::string> order;
  std::vector<Shape> shapes;
  std::size_t next = 0;
  for (const Layer& layer : m.layers()) {
    std::size_t own = 0;
    for (const Parameter& p : layer.parameters) {
      CHECK(p.offset == next);
      next += p.size();
      own += p.size();
      order.push_back(layer.name + "/" + p.name);
      shapes.push_back(p.shape);
    }
    CHECK(layer.parameter_count() == own);
  }
  CHECK(next == m.parameter_count());
  CHECK(order == std::vector<std::string>{
                     "conv2d/kernel", "conv2d/bias", "dense/kernel", "dense_1/kernel",
                     "dense_1/bias", "batch_normalization/gamma", "batch_normalization/beta",
                     "batch_normalization/moving_mean", "batch_normalization/moving_variance"});
  CHECK(shapes == std::vector<Shape>{{3, 2, 3, 5}, {5}, {45, 4}, {4, 2}, {2}, {2}, {2}, {2}, {2}});
}

TEST_CASE("layers without a name get Keras's, counted by class and past those that have one") {
  CHECK(names(model({28, 28, 1}, {{"", conv(1, {1, 1})},
                                  {"mine", conv(1, {1, 1})},
                                  {"", conv(1, {1, 1})},
                                  {"", MaxPooling2D{}},
                                  {"", AveragePooling2D{}},
                                  {"", Flatten{}},
                                  {"", dense(1)},
                                  {"", Dropout{}},
                                  {"", dense(1)},
                                  {"", ActivationLayer{}},
                                  {"", Rescaling{}},
                                  {"", dense(1)}})) ==
        std::vector<std::string>{"conv2d", "mine", "conv2d_1", "max_pooling2d", "average_pooling2d",
                                 "flatten", "dense", "dropout", "dense_1", "activation",
                                 "rescaling", "dense_2"});
}

TEST_CASE("GlobalAveragePooling2D leaves one number a channel, of any image and of images alone") {
  for (const Shape& in : {Shape{1, 1, 1}, Shape{1, 9, 4}, Shape{300, 7, 5}}) {
    const Sequential pooled = model(in, {{"", GlobalAveragePooling2D{}}});
    CHECK(pooled.output() == Shape{in[2]});
    CHECK(pooled.layers()[0].name == "global_average_pooling2d");
  }
  for (const Shape& in : {Shape{784}, Shape{28, 28}}) {
    CHECK(error_of([&] { model(in, {{"g", GlobalAveragePooling2D{}}}); },
                   {"GlobalAveragePooling2D \"g\"", in.text()}) == "shape_mismatch");
  }
}

TEST_CASE("what a layer cannot take is a shape_mismatch that names the layer and both shapes") {
  CHECK(error_of([] { model({784}, {{"eye", conv(8, {3, 3})}}); }, {"Conv2D \"eye\"", "(784,)"}) ==
        "shape_mismatch");
  CHECK(error_of([] { model({784}, {{"p", MaxPooling2D{}}}); }, {"MaxPooling2D \"p\""}) ==
        "shape_mismatch");
  CHECK(error_of([] { model({784}, {{"p", AveragePooling2D{}}}); }, {"AveragePooling2D \"p\""}) ==
        "shape_mismatch");
  CHECK(error_of([] { model({4, 9, 1}, {{"", conv(8, {5, 3})}}); },
                 {"\"conv2d\"", "5 × 3", "(4, 9, 1)"}) == "shape_mismatch");
  CHECK(error_of([] { model({9, 1, 1}, {{"", MaxPooling2D{}}}); }, {"2 × 2"}) == "shape_mismatch");
}

TEST_CASE("a dilated window spans its places, and groups share out channels and filters") {
  Conv2D apart = conv(6, {3, 2});
  apart.dilation_rate = {2, 5};
  CHECK(output({9, 9, 4}, apart) == Shape{5, 4, 6});
  CHECK(error_of([&] { model({4, 9, 1}, {{"", apart}}); }, {"5 × 6", "(4, 9, 1)"}) ==
        "shape_mismatch");
  apart.padding = Padding::same;
  CHECK(output({4, 4, 4}, apart) == Shape{4, 4, 6});
  apart.strides = {1, 2};
  CHECK(error_of([&] { model({9, 9, 1}, {{"c", apart}}); }, {"Conv2D \"c\"", "strides of 1"}) ==
        "invalid_config");
  Conv2D grouped = conv(6, {3, 3});
  grouped.groups = 2;
  CHECK(model({9, 9, 4}, {{"", grouped}}).layers()[0].parameters[0].shape == Shape{3, 3, 2, 6});
  CHECK(model({9, 9, 4}, {{"", grouped}}).multiplications() == 49 * 9 * 2 * 6);
  CHECK(error_of([&] { model({9, 9, 3}, {{"", grouped}}); }, {"groups = 2", "(9, 9, 3)"}) ==
        "shape_mismatch");
  grouped.filters = 5;
  CHECK(error_of([&] { model({9, 9, 4}, {{"", grouped}}); }, {"groups = 2", "got 5"}) ==
        "invalid_config");
}

TEST_CASE("settings out of range are an invalid_config that names the layer and what came") {
  const auto refuses = [](LayerKind kind, const std::string& came) {
    CHECK(error_of([&] { model({9, 9, 1}, {{"", Flatten{}}, {"the layer", kind}}); },
                   {"\"the layer\"", came}) == "invalid_config");
  };
  const auto refuses_image = [](LayerKind kind, const std::string& came) {
    CHECK(error_of([&] { model({9, 9, 1}, {{"the layer", kind}}); }, {"\"the layer\"", came}) ==
          "invalid_config");
  };
  for (const int n : {0, -1, 65537}) refuses(dense(n), std::to_string(n));
  for (const int n : {0, -7, 4097}) refuses_image(conv(n, {3, 3}), std::to_string(n));
  for (const int n : {0, -2, 256}) {
    refuses_image(conv(1, {n, 1}), std::to_string(n));
    refuses_image(conv(1, {1, 1}, {1, n}), std::to_string(n));
    refuses_image(MaxPooling2D{{1, n}}, std::to_string(n));
    refuses_image(AveragePooling2D{{1, 1}, {n, 1}}, std::to_string(n));
  }
  for (const float rate : {-0.1F, 1.0F, 2.0F, std::nanf("")}) refuses(Dropout{rate}, "[0, 1)");
  CHECK(error_of([] { model({4}, {{"a", dense(1)}, {"a", dense(1)}}); },
                 {"Dense \"a\"", "twice"}) == "invalid_config");
  CHECK(error_of([] { model({4}, {{std::string(257, 'a'), dense(1)}}); }, {"layer 1", "257"}) ==
        "invalid_config");
  CHECK(model({4}, {{std::string(256, 'a'), dense(1)}}).parameter_count() == 5);
  for (const Shape& s : {Shape{}, Shape{0}, Shape{28, -28, 1}, Shape{1, 2, 3, 4}, Shape{16385}}) {
    CHECK(error_of([&] { model(s, {}); }, {s.text()}) == "invalid_config");
  }
}

TEST_CASE(
    "models that are too large are refused by their numbers, before anything of their size "
    "exists") {
  const auto refused = [](Shape input, std::vector<LayerSpec> layers, const std::string& name) {
    CHECK(error_of([&] { model(input, layers); }, {name}) == "model_too_large");
  };
  // 2^40 and 2^42 elements: products that are 0 in 32 bits, as WebAssembly would count them.
  refused({4096, 4096, 1}, {{"", Flatten{}}, {"wide", dense(65536)}}, "\"wide\"");
  refused({4096, 4096, 1}, {{"deep", conv(4096, {1, 1})}}, "\"deep\"");
  refused({1, 1, 16384}, {{"big", conv(4096, {255, 255}, {1, 1}, Padding::same)}}, "\"big\"");
  refused({1023}, {{"a", dense(65535)}, {"b", dense(2)}},
          "\"b\"");  // 1,024 were left for it
  refused({1}, std::vector<LayerSpec>(257, {"", Dropout{}}), "256");
  CHECK(error_of([] { model({16384, 16384, 16384}, {}); }) == "invalid_config");
  CHECK(model({1023}, {{"", dense(65536)}}).parameter_count() == 1024 * 65536);
}
