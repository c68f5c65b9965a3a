// Programs: gradients of whole models by central differences, and the fused Program against the
// unfused one.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "core/rng.hpp"
#include "engine/program.hpp"

using namespace ziffer;
using engine::DropoutKey;
using engine::Program;
using engine::ProgramOptions;
using nn::Activation;
using nn::Padding;
using nn::Sequential;

namespace {

std::vector<float> random_floats(std::size_t n, std::uint64_t seed, float low = -1,
                                 float high = 1) {
  Rng rng(seed);
  std::vector<float> out(n);
  for (float& v : out) v = rng.uniform(low, high);
  return out;
}

/// Weights as a model has them after some training: nothing exactly zero, biases included.
std::vector<float> lively_parameters(const Sequential& model, std::uint64_t seed) {
  std::vector<float> p = model.initial_parameters(seed);
  const std::vector<float> noise = random_floats(p.size(), seed + 1, -0.1F, 0.1F);
  for (std::size_t i = 0; i < p.size(); ++i) p[i] += noise[i];
  return p;
}

struct Case {
  std::string name;
  Sequential model;
};

nn::Conv2D conv(int filters, nn::Extent kernel, Activation a, nn::Extent strides = {1, 1},
                Padding padding = Padding::valid, bool bias = true) {
  nn::Conv2D c;
  c.filters = filters;
  c.kernel_size = kernel;
  c.activation = a;
  c.strides = strides;
  c.padding = padding;
  c.use_bias = bias;
  return c;
}

/// A plain one whose settings are changed further.
nn::Conv2D conv(int filters, Activation a, void (*change)(nn::Conv2D&)) {
  nn::Conv2D c = conv(filters, {3, 2}, a);
  change(c);
  return c;
}

nn::Dense dense(int units, Activation a, bool bias = true) {
  nn::Dense d;
  d.units = units;
  d.activation = a;
  d.use_bias = bias;
  return d;
}

std::vector<Case> models() {
  using nn::Flatten;
  const nn::MaxPooling2D max22;
  std::vector<Case> out;
  const auto add = [&](const char* name, Shape input, std::vector<nn::LayerSpec> layers) {
    out.push_back({name, Sequential("m", std::move(input), std::move(layers))});
  };
  add("softmax regression", {5, 4, 1}, {{"", Flatten{}}, {"", dense(3, Activation::softmax)}});
  add("fused convolution, one channel", {9, 8, 1},
      {{"", conv(5, {3, 3}, Activation::relu)},
       {"", max22},
       {"", Flatten{}},
       {"", dense(6, Activation::relu)},
       {"", dense(4, Activation::softmax)}});
  add("two fused convolutions, odd sizes", {13, 12, 2},
      {{"", conv(4, {3, 3}, Activation::relu)},
       {"", max22},
       {"", conv(9, {3, 2}, Activation::relu)},
       {"", max22},
       {"", Flatten{}},
       {"", dense(3, Activation::softmax)}});
  add("convolution without bias", {8, 8, 1},
      {{"", conv(3, {3, 3}, Activation::relu, {1, 1}, Padding::valid, false)},
       {"", max22},
       {"", Flatten{}},
       {"", dense(3, Activation::softmax, false)}});
  add("strides, same padding, tanh, average pooling", {9, 7, 2},
      {{"", conv(3, {3, 2}, Activation::tanh, {2, 2}, Padding::same)},
       {"", nn::AveragePooling2D{{2, 2}, {1, 1}, Padding::same}},
       {"", Flatten{}},
       {"", dense(3, Activation::softmax)}});
  add("dilated convolutions that look like a fused one", {10, 9, 2},
      {{"", conv(3, Activation::relu, [](nn::Conv2D& c) { c.dilation_rate = {2, 1}; })},
       {"", max22},
       {"", conv(5, Activation::tanh,
                 [](nn::Conv2D& c) {
                   c.dilation_rate = {2, 3};
                   c.padding = Padding::same;
                 })},
       {"", Flatten{}},
       {"", dense(3, Activation::softmax)}});
  // Channels and filters of a group around the vector's width.
  for (const int each : {1, 3, 4, 5}) {
    add("grouped convolutions", {7, 6, 2},
        {{"", conv(2 * each, Activation::relu, [](nn::Conv2D& c) { c.groups = 2; })},
         {"", max22},
         {"", conv(6, Activation::gelu,
                   [](nn::Conv2D& c) {
                     c.groups = 2;
                     c.use_bias = false;
                     c.strides = {2, 1};
                     c.padding = Padding::same;
                   })},
         {"", conv(6, Activation::linear,
                   [](nn::Conv2D& c) {
                     c.groups = 6;
                     c.dilation_rate = {1, 2};
                     c.padding = Padding::same;
                   })},
         {"", Flatten{}},
         {"", dense(3, Activation::softmax)}});
  }
  for (const int multiplier : {1, 2, 5}) {
    const nn::Extent kernel{3, 2};
    add("depthwise convolutions", {8, 7, 4},
        {{"", nn::DepthwiseConv2D{.kernel_size = kernel,
                                  .depth_multiplier = multiplier,
                                  .activation = Activation::relu}},
         {"", max22},
         {"", nn::DepthwiseConv2D{.kernel_size = kernel,
                                  .strides = {1, 2},
                                  .padding = Padding::same,
                                  .dilation_rate = {2, 1},
                                  .activation = Activation::softmax,
                                  .use_bias = false}},
         {"", Flatten{}},
         {"", dense(3, Activation::softmax)}});
    add("separable convolutions", {8, 7, 3},
        {{"", nn::SeparableConv2D{.filters = 5,
                                  .kernel_size = kernel,
                                  .depth_multiplier = multiplier,
                                  .activation = Activation::relu}},
         {"", max22},
         {"", nn::SeparableConv2D{.filters = 4,
                                  .kernel_size = kernel,
                                  .strides = {2, 2},
                                  .padding = Padding::same,
                                  .dilation_rate = {1, 3},
                                  .activation = Activation::gelu,
                                  .use_bias = false}},
         {"", Flatten{}},
         {"", dense(3, Activation::softmax)}});
  }
  // Channels around the vector's width.
  for (const int channels : {1, 3, 4, 5}) {
    add("global average pooling", {7, 6, 2},
        {{"", conv(channels, {3, 2}, Activation::tanh)},
         {"", nn::GlobalAveragePooling2D{}},
         {"", dense(3, Activation::softmax)}});
  }
  for (const int units : {1, 3, 4, 5}) {
    add("products over the last axis of pictures and of rows", {4, 5, 3},
        {{"", dense(units, Activation::tanh)},
         {"", dense(3, Activation::softmax, false)},
         {"", Flatten{}},
         {"", dense(3, Activation::softmax)}});
    add("products over rows", {6, 5},
        {{"", dense(units, Activation::relu)},
         {"", Flatten{}},
         {"", dense(3, Activation::softmax)}});
  }
  add("a residual block, whose pooling's input goes elsewhere too", {8, 7, 2},
      {{"a", conv(4, {3, 3}, Activation::relu, {1, 1}, Padding::same)},
       {"b", max22},
       {"c", conv(4, {3, 3}, Activation::tanh, {1, 1}, Padding::same), true, {"a"}},
       {"d", conv(4, {2, 2}, Activation::linear, {2, 2}), true, {"c"}},
       {"", nn::Add{}, true, {"b", "d", "b"}},
       {"", nn::BatchNormalization{}},
       {"", Flatten{}},
       {"", dense(3, Activation::softmax)}});
  add("each way of joining", {4, 3, 2},
      {{"a", conv(3, {1, 2}, Activation::tanh)},
       {"b", conv(3, {1, 2}, Activation::gelu), true, {nn::kInputName}},
       {"one", nn::GlobalAveragePooling2D{}, true, {"a"}},
       {"difference", nn::Subtract{}, true, {"a", "b"}},
       {"product", nn::Multiply{}, true, {"one", "difference", "b"}},
       {"most", nn::Maximum{}, true, {"a", "b", "product"}},
       {"least", nn::Minimum{}, true, {"product", "a"}},
       {"mean", nn::Average{}, true, {"most", "least", "one"}},
       {"rows", nn::Concatenate{1}, true, {"mean", "a"}},
       {"columns", nn::Concatenate{-2}, true, {"rows", "rows"}},
       {"channels", nn::Concatenate{}, true, {"columns", "columns", "columns"}},
       {"", Flatten{}},
       {"", dense(3, Activation::softmax)}});
  add("overlapping max pooling, same padding", {7, 7, 1},
      {{"", conv(2, {2, 2}, Activation::sigmoid)},
       {"", nn::MaxPooling2D{{3, 3}, {2, 2}, Padding::same}},
       {"", Flatten{}},
       {"", dense(4, Activation::sigmoid)},
       {"", dense(3, Activation::softmax)}});
  add("outputs that are no softmax's", {3, 3, 1},
      {{"", Flatten{}}, {"", dense(5, Activation::tanh)}, {"", dense(3, Activation::sigmoid)}});
  add("activation layers and rescaling", {6, 6, 1},
      {{"", nn::Rescaling{2.0F, -0.5F}},
       {"", conv(2, {3, 3}, Activation::linear)},
       {"", nn::ActivationLayer{Activation::relu}},
       {"", Flatten{}},
       {"", dense(3, Activation::linear)},
       {"", nn::ActivationLayer{Activation::softmax}}});
  // What grows, as an exponential does, is bounded before it could grow again.
  for (const Activation each :
       {Activation::elu, Activation::selu, Activation::gelu, Activation::silu,
        Activation::leaky_relu, Activation::relu6, Activation::softplus, Activation::softsign,
        Activation::hard_sigmoid, Activation::exponential, Activation::log_softmax}) {
    add(word(each), {5, 5, 2},
        {{"", conv(3, {2, 2}, each)},
         {"", max22},
         {"", Flatten{}},
         {"", nn::ActivationLayer{Activation::tanh}},
         {"", dense(4, each)},
         {"", nn::ActivationLayer{Activation::tanh}},
         {"", nn::ActivationLayer{each}},
         {"", dense(3, Activation::softmax)}});
  }
  add("softmax in the middle", {2, 3, 1},
      {{"", Flatten{}}, {"", dense(4, Activation::softmax)}, {"", dense(3, Activation::softmax)}});
  add("dropout", {4, 4, 1},
      {{"", Flatten{}},
       {"", dense(12, Activation::relu)},
       {"", nn::Dropout{0.4F}},
       {"", dense(3, Activation::softmax)}});
  // Each on pictures and, where it takes them, on numbers in a row.
  for (const nn::LayerKind& kind : std::initializer_list<nn::LayerKind>{
           nn::ReLU{.max_value = 0.4F},
           nn::ReLU{.negative_slope = 0.2F, .threshold = 0.1F},
           nn::ReLU{.max_value = 0.5F, .negative_slope = 0.3F},
           nn::LeakyReLU{},
           nn::ELU{.alpha = 0.6F},
           nn::PReLU{.alpha_initializer = nn::Initializer::ones},
           nn::PReLU{.shared_axes = {1}},
       }) {
    add(nn::class_name(kind), {6, 5, 2},
        {{"", conv(3, {2, 2}, Activation::linear)},
         {"", kind},
         {"", Flatten{}},
         {"", dense(6, Activation::tanh)},
         {"", kind},
         {"", dense(3, Activation::softmax)}});
  }
  for (const nn::LayerKind& kind : std::initializer_list<nn::LayerKind>{
           nn::PReLU{.shared_axes = {1, 2}},
           nn::PReLU{.shared_axes = {3}},
           nn::Reshape{{2, -1}},
           nn::Permute{{3, 1, 2}},
           nn::GlobalMaxPooling2D{},
           nn::GlobalMaxPooling2D{.keepdims = true},
           nn::GlobalAveragePooling2D{.keepdims = true},
           nn::ZeroPadding2D{{1, 0, 2, 3}},
           nn::Cropping2D{{1, 1, 0, 2}},
           nn::UpSampling2D{{2, 3}},
           nn::UpSampling2D{{3, 2}, nn::Interpolation::bilinear},
           nn::SpatialDropout2D{0.3F},
           nn::GaussianNoise{0.2F},
           nn::GaussianDropout{0.2F},
       }) {
    add(nn::class_name(kind), {6, 5, 2},
        {{"", conv(4, {2, 2}, Activation::tanh)},
         {"", kind},
         {"", Flatten{}},
         {"", dense(3, Activation::softmax)}});
  }
  const auto augmented = [&](const char* name, const nn::LayerKind& layer) {
    add(name, {7, 6, 2},
        {{"", conv(3, {3, 2}, Activation::tanh)},
         {"", layer},
         {"", Flatten{}},
         {"", dense(3, Activation::softmax)}});
  };
  augmented("rotation", nn::RandomRotation{{}, {-0.4F, 0.4F}});
  augmented("translation", nn::RandomTranslation{{nn::FillMode::wrap}, {-0.4F, 0.4F}, {0, 0.2F}});
  augmented("zoom", nn::RandomZoom{{nn::FillMode::constant}, {-0.4F, 0.4F}, {}});
  augmented("flip", nn::RandomFlip{});
  augmented("contrast", nn::RandomContrast{{0.3F, 0.9F}, {-0.4F, 0.4F}, {}});
  augmented("brightness", nn::RandomBrightness{{-0.3F, 0.3F}, {-0.4F, 0.4F}, {}});
  augmented("generator", nn::ImageDataGenerator{.rotation_range = 30,
                                                .width_shift_range = 2,
                                                .height_shift_range = 0.2F,
                                                .shear_range = 20,
                                                .zoom_range = {0.8F, 1.3F},
                                                .horizontal_flip = true,
                                                .vertical_flip = true});
  const auto frozen = [](nn::BatchNormalization b) { return nn::LayerSpec{"", b, false}; };
  add("normalization between a convolution and its pooling", {9, 8, 2},
      {{"", conv(5, {3, 3}, Activation::relu)},
       frozen({}),
       {"", max22},
       {"", Flatten{}},
       {"", dense(4, Activation::softmax)}});
  add("normalization first, and of numbers in a row", {4, 5, 1},
      {frozen({.epsilon = 0.1F}),
       {"", Flatten{}},
       {"", dense(6, Activation::linear)},
       frozen({.center = false, .scale = false}),
       {"", nn::ActivationLayer{Activation::tanh}},
       {"", dense(3, Activation::softmax)}});
  add("normalization by the batch, first and between a convolution and its pooling", {9, 8, 2},
      {{"", nn::BatchNormalization{}},
       {"", conv(5, {3, 3}, Activation::tanh)},
       {"", nn::BatchNormalization{.epsilon = 0.1F, .center = false}},
       {"", nn::AveragePooling2D{}},
       {"", Flatten{}},
       {"", dense(4, Activation::softmax)}});
  add("normalization by the batch of numbers in a row", {4, 5, 1},
      {{"", Flatten{}},
       {"", dense(6, Activation::linear)},
       {"", nn::BatchNormalization{.scale = false}},
       {"", nn::ActivationLayer{Activation::tanh}},
       {"", dense(3, Activation::softmax)}});
  return out;
}

/// What becomes of parameter `i` in training.
enum class Role { trained, moving, still };

Role role_of(const Sequential& model, std::size_t i) {
  for (const nn::Layer& layer : model.layers()) {
    for (const nn::Parameter& p : layer.parameters) {
      if (i < p.offset || i - p.offset >= p.size() || !layer.trainable) continue;
      return p.momentum ? Role::moving : Role::trained;
    }
  }
  return Role::still;
}

constexpr int kImages = 5;
constexpr std::uint32_t kNumbers[] = {8, 3, 700, 0, 41};

struct Problem {
  std::vector<float> parameters, images;
  std::vector<std::uint8_t> labels;
};

Problem problem_for(const Sequential& model) {
  Problem p{
      lively_parameters(model, 7), random_floats(kImages * model.input().size(), 3, 0, 1), {}};
  for (int i = 0; i < kImages; ++i) {
    p.labels.push_back(
        static_cast<std::uint8_t>(static_cast<std::size_t>(i) % model.output().size()));
  }
  return p;
}

void set_input(Program& program, const Problem& p) {
  std::ranges::copy(p.images, program.input(kImages).begin());
}

}  // namespace

namespace {

/// Of each kind that there is, as it is where nothing is said.
template <class... L>
std::vector<std::variant<L...>> each_kind(const std::variant<L...>&) {
  return {L{}...};
}

/// Compares the slopes of one Program with its gradient.
void check_gradient(const Case& c, const ProgramOptions& options) {
  Problem p = problem_for(c.model);
  Program program(c.model, options);
  const DropoutKey key{11, 4, 0, 1, kNumbers};
  const std::size_t n = c.model.parameter_count();
  std::vector<float> gradient(n, std::nanf("")), unused(n);
  set_input(program, p);
  program.gradient(p.parameters, p.labels, 1.0F / kImages, key, gradient);

  const auto loss_at = [&](std::size_t i, float step) {
    std::vector<float> moved = p.parameters;
    moved[i] += step;
    set_input(program, p);
    return program.gradient(moved, p.labels, 1, key, unused).loss / kImages;
  };
  // So short that it seldom crosses two corners, which hide each other.
  constexpr float kStep = 1e-3F;
  int compared = 0, kinks = 0;
  for (std::size_t i = 0; i < n; i += 1 + n / 60) {
    const Role role = role_of(c.model, i);
    if (role == Role::still) CHECK(gradient[i] == 0.0F);
    if (role != Role::trained) continue;
    const double here = loss_at(i, 0);
    const double right = (loss_at(i, kStep) - here) / kStep;
    const double left = (here - loss_at(i, -kStep)) / kStep;
    // ReLU and maxima have corners; where a step crosses one, the two sides disagree and there
    // is no slope.
    const double bend = std::abs(right - left);
    if (bend > 2e-3) {
      ++kinks;
      continue;
    }
    ++compared;
    CHECK(std::abs((right + left) / 2 - static_cast<double>(gradient[i])) <= 6e-4 + bend / 2);
  }
  CHECK(compared > 4 * kinks);
}

}  // namespace

TEST_CASE("the gradient of every kind of model and loss is the slope of central differences") {
  for (const Case& c : models()) {
    for (const engine::Loss& loss : each_kind(engine::Loss{})) {
      for (const bool fused : {true, false}) {
        CAPTURE(c.name);
        CAPTURE(loss.index());
        CAPTURE(fused);
        check_gradient(c, {kImages, true, fused, false, loss});
      }
    }
  }
}

TEST_CASE("the fused Program equals the unfused one in outputs, loss and gradient") {
  for (const Case& c : models()) {
    CAPTURE(c.name);
    const Problem p = problem_for(c.model);
    Program fused(c.model, {kImages, true, true, false});
    Program plain(c.model, {kImages, true, false, false});
    const std::size_t n = c.model.parameter_count();
    std::vector<float> a(n, std::nanf("")), b(n, std::nanf(""));
    set_input(fused, p);
    set_input(plain, p);
    const auto la = fused.gradient(p.parameters, p.labels, 0.25F, {5, 1, 0, 1, kNumbers}, a);
    const auto lb = plain.gradient(p.parameters, p.labels, 0.25F, {5, 1, 0, 1, kNumbers}, b);
    CHECK(la.loss == doctest::Approx(lb.loss).epsilon(1e-5));
    CHECK(la.correct == lb.correct);
    for (std::size_t i = 0; i < n; ++i) CHECK(std::abs(a[i] - b[i]) <= 2e-5F);
    set_input(fused, p);
    set_input(plain, p);
    const auto ya = fused.forward(p.parameters, kImages);
    const auto yb = plain.forward(p.parameters, kImages);
    for (std::size_t i = 0; i < ya.size(); ++i) CHECK(std::abs(ya[i] - yb[i]) <= 1e-5F);
  }
}

TEST_CASE("the input's gradient is the slope of the logit, behind normalizations too") {
  const std::vector<Case> all = models();
  for (const Case& c : {all[1], all[all.size() - 4], all[all.size() - 3], all[all.size() - 2]}) {
    CAPTURE(c.name);
    const Problem p = problem_for(c.model);
    Program program(c.model, {kImages, true, true, true});
    Program plain(c.model, {kImages, false, false, false});
    set_input(program, p);
    const auto g = program.input_gradient(p.parameters, kImages, 2);
    const std::vector<float> gradient(g.begin(), g.end());
    // Differences of logits from probabilities: log p_2 - log p_0 has the slope of z_2 - z_0.
    set_input(program, p);
    const auto g0 = program.input_gradient(p.parameters, kImages, 0);
    const std::size_t size = c.model.input().size();
    for (std::size_t pixel = 0; pixel < size; pixel += 7) {
      const auto ratio = [&](float step) {
        Problem moved = p;
        moved.images[pixel] += step;
        set_input(plain, moved);
        const auto y = plain.forward(moved.parameters, kImages);
        return std::log(static_cast<double>(y[2])) - std::log(static_cast<double>(y[0]));
      };
      const double slope = (ratio(2e-3F) - ratio(-2e-3F)) / 4e-3;
      CHECK(slope ==
            doctest::Approx(static_cast<double>(gradient[pixel] - g0[pixel])).epsilon(0.02));
    }
  }
}

TEST_CASE("GlobalAveragePooling2D is each channel's mean, also of images at the model's end") {
  for (const int channels : {1, 3, 4, 5, 8, 9}) {
    const Shape input{5, 7, channels};
    const Sequential model("m", input, {{"", nn::GlobalAveragePooling2D{}}});
    constexpr int kImages = 3;
    Program program(model, {.capacity = kImages});
    const std::span<float> x = program.input(kImages);
    std::ranges::copy(random_floats(x.size(), 8), x.begin());
    const std::vector<float> images(x.begin(), x.end());
    const auto means = program.forward({}, kImages);
    const std::size_t c = static_cast<std::size_t>(channels), pixels = 5 * 7;
    REQUIRE(means.size() == kImages * c);
    for (std::size_t i = 0; i < means.size(); ++i) {
      double sum = 0;
      for (std::size_t p = 0; p < pixels; ++p) sum += images[(i / c * pixels + p) * c + i % c];
      CHECK(static_cast<double>(means[i]) == doctest::Approx(sum / pixels).epsilon(1e-6));
    }
  }
}

TEST_CASE("an image's answer does not depend on the images beside it") {
  for (const Case& c : models()) {
    CAPTURE(c.name);
    const Problem p = problem_for(c.model);
    Program program(c.model, {kImages, false, true, false});
    set_input(program, p);
    const auto y = program.forward(p.parameters, kImages);
    const std::vector<float> all(y.begin(), y.end());
    const std::size_t in = c.model.input().size(), classes = c.model.output().size();
    for (std::size_t i = 0; i < kImages; ++i) {
      std::ranges::copy(std::span(p.images).subspan(i * in, in), program.input(1).begin());
      const auto one = program.forward(p.parameters, 1);
      for (std::size_t j = 0; j < classes; ++j) CHECK(one[j] == all[i * classes + j]);
    }
  }
}

TEST_CASE(
    "dropout drops the stated share, keeps the mean, and depends on seed, step and place alone") {
  const Sequential model("m", Shape{4000},
                         {{"", nn::Dropout{0.25F}}, {"", dense(2, Activation::softmax)}});
  const std::vector<float> parameters = lively_parameters(model, 1);
  const auto activation = [&](DropoutKey key, int images) {
    Program program(model, {2, true, false, false});
    std::ranges::fill(program.input(images), 1.0F);
    std::vector<float> gradient(model.parameter_count());
    const std::vector<std::uint8_t> labels(static_cast<std::size_t>(images), 0);
    program.gradient(parameters, labels, 1, key, gradient);
    const auto a = program.activation(0);
    return std::vector<float>(a.begin(), a.end());
  };
  const std::vector<float> two = activation({1, 1, 0}, 2), second = activation({1, 1, 1}, 1);
  CHECK(std::equal(second.begin(), second.end(), two.begin() + 4000));
  CHECK(activation({1, 2, 0}, 1) != activation({1, 1, 0}, 1));
  CHECK(activation({2, 1, 0}, 1) != activation({1, 1, 0}, 1));
  const float mean = std::accumulate(two.begin(), two.end(), 0.0F) / 8000.0F;
  CHECK(mean == doctest::Approx(1.0).epsilon(0.03));
  for (const float v : two) CHECK((v == 0.0F || v == doctest::Approx(4.0 / 3.0)));
}

TEST_CASE("the unfused Program keeps every layer's output, a Flatten's too") {
  const Case c = models()[1];
  const Problem p = problem_for(c.model);
  Program program(c.model, {kImages, false, false, false});
  set_input(program, p);
  program.forward(p.parameters, kImages);
  for (std::size_t i = 0; i < c.model.layers().size(); ++i) {
    CHECK(program.activation(i).size() == kImages * c.model.layers()[i].output.size());
  }
}
