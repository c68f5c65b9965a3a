#include "nn/sequential.hpp"

#include <algorithm>
#include <map>

#include "core/error.hpp"
#include "nn/initializers.hpp"

namespace ziffer::nn {
namespace {

constexpr int kLargestExtent = 1 << 14;
constexpr std::size_t kLargestActivation = std::size_t{1} << 24;
constexpr std::size_t kMostParameters = std::size_t{1} << 26;
constexpr std::size_t kMostLayers = 256;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};

/// `MaxPooling2D` → `max_pooling2d`, as Keras names layers by default.
std::string snake_case(const std::string& name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool upper = name[i] >= 'A' && name[i] <= 'Z';
    const bool after_lower = i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z';
    if (upper && after_lower) out += '_';
    out += upper ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
  }
  return out;
}

void require_name(const std::string& name, const std::string& what) {
  if (name.size() <= kLongestName) return;
  throw Error("invalid_config", what + ": expected a name of at most " +
                                    std::to_string(kLongestName) + " bytes, got " +
                                    std::to_string(name.size()) + ".");
}

void require(bool ok, const Layer& layer, const std::string& expected, const std::string& got) {
  if (ok) return;
  throw Error("invalid_config", layer.label() + ": expected " + expected + ", got " + got + ".");
}

void require_between(int value, int low, int high, const Layer& layer, const char* what) {
  require(value >= low && value <= high, layer,
          std::string(what) + " between " + std::to_string(low) + " and " + std::to_string(high),
          std::to_string(value));
}

void require_extent(Extent e, const Layer& layer, const char* what) {
  require_between(e.height, 1, 255, layer, what);
  require_between(e.width, 1, 255, layer, what);
}

void require_image(const Layer& layer) {
  if (layer.input.rank() == 3) return;
  throw Error("shape_mismatch", layer.label() +
                                    ": expected an input of height × width × channels, got " +
                                    layer.input.text() + ". Put it before Flatten and Dense.");
}

/// The output of a sliding window, or an error that names the layer when nothing is left.
Shape windowed(const Layer& layer, Extent window, Extent strides, Padding padding, int channels) {
  require_image(layer);
  require_extent(window, layer, "a window extent");
  require_extent(strides, layer, "a stride");
  const ResolvedWindow r = resolve_window(layer.input, window, strides, padding);
  if (r.out_height < 1 || r.out_width < 1) {
    throw Error("shape_mismatch", layer.label() + ": a window of " + std::to_string(window.height) +
                                      " × " + std::to_string(window.width) + " does not fit into " +
                                      layer.input.text() +
                                      ". Make it smaller, use padding \"same\", or pool less.");
  }
  return Shape{r.out_height, r.out_width, channels};
}

void add_kernel_and_bias(Layer& layer, Shape kernel, int outputs, bool use_bias,
                         Initializer kernel_initializer, Initializer bias_initializer) {
  const auto& d = kernel.dims();
  int receptive = 1;
  for (std::size_t i = 0; i + 2 < d.size(); ++i) receptive *= d[i];
  const int fan_in = receptive * d[d.size() - 2], fan_out = receptive * d.back();
  layer.parameters.push_back({"kernel", std::move(kernel), 0, kernel_initializer, fan_in, fan_out});
  if (use_bias) {
    layer.parameters.push_back({"bias", Shape{outputs}, 0, bias_initializer, outputs, outputs});
  }
}

void add_statistics(Layer& layer, const BatchNormalization& b) {
  const int channels = layer.input.dims().back();
  const auto add = [&](const char* name, Initializer initializer) {
    layer.parameters.push_back({name, Shape{channels}, 0, initializer, channels, channels});
  };
  if (b.scale) add("gamma", b.gamma_initializer);
  if (b.center) add("beta", b.beta_initializer);
  add("moving_mean", b.moving_mean_initializer);
  add("moving_variance", b.moving_variance_initializer);
}

/// Fills in output shape and parameters (offsets still 0) of a layer whose name, kind and input are
/// set.
void infer(Layer& layer) {
  std::visit(
      Overloaded{
          [&](const Conv2D& c) {
            require_between(c.filters, 1, 4096, layer, "filters");
            layer.output = windowed(layer, c.kernel_size, c.strides, c.padding, c.filters);
            add_kernel_and_bias(
                layer, Shape{c.kernel_size.height, c.kernel_size.width, layer.input[2], c.filters},
                c.filters, c.use_bias, c.kernel_initializer, c.bias_initializer);
          },
          [&](const MaxPooling2D& p) {
            require_image(layer);
            layer.output = windowed(layer, p.pool_size, p.strides, p.padding, layer.input[2]);
          },
          [&](const AveragePooling2D& p) {
            require_image(layer);
            layer.output = windowed(layer, p.pool_size, p.strides, p.padding, layer.input[2]);
          },
          [&](const Flatten&) { layer.output = Shape{static_cast<int>(layer.input.size())}; },
          [&](const Dense& d) {
            require_between(d.units, 1, 65536, layer, "units");
            if (layer.input.rank() != 1) {
              throw Error("shape_mismatch", layer.label() + ": expected a flat input, got " +
                                                layer.input.text() +
                                                ". Put a Flatten layer before it.");
            }
            layer.output = Shape{d.units};
            add_kernel_and_bias(layer, Shape{layer.input[0], d.units}, d.units, d.use_bias,
                                d.kernel_initializer, d.bias_initializer);
          },
          [&](const Dropout& d) {
            require(d.rate >= 0.0F && d.rate < 1.0F, layer, "a rate in [0, 1)",
                    d.rate < 0.0F ? "a negative one" : "one of 1 or more");
            layer.output = layer.input;
          },
          [&](const ActivationLayer&) { layer.output = layer.input; },
          [&](const Rescaling&) { layer.output = layer.input; },
          [&](const BatchNormalization& b) {
            if (layer.trainable) {
              throw Error("unsupported_layer",
                          layer.label() +
                              ": training with the statistics of each batch is not supported. Set "
                              "trainable to false: it then normalizes with its moving statistics.");
            }
            require(b.epsilon >= 0.0F, layer, "an epsilon of at least 0", "a negative one");
            layer.output = layer.input;
            add_statistics(layer, b);
          },
      },
      layer.kind);
  if (layer.output.size() > kLargestActivation) {
    throw Error("model_too_large",
                layer.label() + ": its output " + layer.output.text() + " is too large.");
  }
}

int same_before(int in, int out, int window, int stride) {
  return std::max((out - 1) * stride + window - in, 0) / 2;
}

}  // namespace

std::size_t Layer::parameter_count() const noexcept {
  std::size_t n = 0;
  for (const Parameter& p : parameters) n += p.size();
  return n;
}

std::string Layer::label() const { return std::string(class_name(kind)) + " \"" + name + "\""; }

ResolvedWindow resolve_window(const Shape& input, Extent window, Extent strides, Padding padding) {
  if (padding == Padding::valid) {
    // Written so that a window larger than the input gives 0 or less, not a rounded-up 1.
    const auto out = [](int in, int w, int s) { return in < w ? 0 : (in - w) / s + 1; };
    return {out(input[0], window.height, strides.height),
            out(input[1], window.width, strides.width), 0, 0};
  }
  const int oh = (input[0] + strides.height - 1) / strides.height;
  const int ow = (input[1] + strides.width - 1) / strides.width;
  return {oh, ow, same_before(input[0], oh, window.height, strides.height),
          same_before(input[1], ow, window.width, strides.width)};
}

Sequential::Sequential(std::string name, Shape input, std::vector<LayerSpec> specs)
    : name_(std::move(name)), input_(std::move(input)) {
  require_name(name_, "the model");
  if (input_.rank() < 1 || input_.rank() > 3 ||
      std::ranges::any_of(input_.dims(), [](int d) { return d < 1 || d > kLargestExtent; }) ||
      input_.size() > kLargestActivation) {
    throw Error("invalid_config", "model \"" + name_ + "\": " + input_.text() +
                                      " is not an input shape. For MNIST use (28, 28, 1).");
  }
  if (specs.size() > kMostLayers) {
    throw Error("model_too_large", "model \"" + name_ + "\": more than 256 layers.");
  }
  std::map<std::string, int> times;
  const Shape* shape = &input_;
  layers_.reserve(specs.size());
  for (LayerSpec& spec : specs) {
    if (spec.name.empty()) {
      // As in Keras, a layer that was given its name does not count.
      const std::string base = snake_case(class_name(spec.kind));
      const int nth = times[base]++;
      spec.name = nth == 0 ? base : base + "_" + std::to_string(nth);
    }
    require_name(spec.name, "layer " + std::to_string(layers_.size() + 1));
    Layer layer{std::move(spec.name), spec.kind, *shape, {}, {}, spec.trainable};
    infer(layer);
    for (const Layer& other : layers_) {
      require(other.name != layer.name, layer, "a name of its own", "one used twice");
    }
    for (Parameter& p : layer.parameters) {
      if (p.size() > kMostParameters - parameter_count_) {
        throw Error("model_too_large", layer.label() + ": more than 64 Mi parameters up to here.");
      }
      p.offset = parameter_count_;
      parameter_count_ += p.size();
    }
    layers_.push_back(std::move(layer));
    shape = &layers_.back().output;
  }
}

std::size_t Sequential::multiplications() const noexcept {
  std::size_t sum = 0;
  for (const Layer& layer : layers_) {
    for (const Parameter& p : layer.parameters) {
      if (p.name != "kernel") continue;
      const auto channels = static_cast<std::size_t>(layer.output.dims().back());
      sum += layer.output.size() / channels * p.size();
    }
  }
  return sum;
}

std::vector<float> Sequential::initial_parameters(std::uint64_t seed) const {
  std::vector<float> out(parameter_count_);
  std::uint64_t stream = 0;
  for (const Layer& layer : layers_) {
    for (const Parameter& p : layer.parameters) {
      Rng rng(seed, stream++);
      initialize(p, rng, std::span(out).subspan(p.offset, p.size()));
    }
  }
  return out;
}

}  // namespace ziffer::nn
