// Reading a model's configuration. It may come from anywhere, so everything is checked and nothing
// is taken for granted.
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "nn/json.hpp"
#include "nn/json_parse.hpp"

namespace ziffer::nn {
namespace {

using json = Json;

constexpr std::size_t kLongestText = std::size_t{1} << 20;
constexpr std::size_t kLongestWord = 64;

[[noreturn]] void fail(const std::string& where, const std::string& message) {
  throw Error("invalid_config", where + ": " + message);
}

/// A value as errors show it: plain ASCII, of bearable length.
std::string shown(const json& v) {
  constexpr std::size_t kMost = 80;
  const std::string text = v.dump(-1, ' ', /*ensure_ascii=*/true, json::error_handler_t::replace);
  return text.size() <= kMost ? text : text.substr(0, kMost) + "…";
}

/// A configuration object and the name under which errors speak of it.
struct Reader {
  const json& config;
  std::string where;

  bool has(const char* key) const {
    const auto it = config.find(key);
    return it != config.end() && !it->is_null();
  }

  int integer(const json& v, const char* key) const {
    if (v.is_number_integer() && v.get<double>() >= -1e9 && v.get<double>() <= 1e9) {
      return v.get<int>();
    }
    fail(where, std::string("expected a whole number for ") + key + ", got " + shown(v) + ".");
  }
  int integer(const char* key) const {
    if (!has(key)) fail(where, std::string("expected ") + key + ", which is missing.");
    return integer(config[key], key);
  }
  float number(const char* key, float otherwise) const {
    if (!has(key)) return otherwise;
    const json& v = config[key];
    if (!v.is_number() || !(std::abs(v.get<double>()) <= std::numeric_limits<float>::max())) {
      fail(where, std::string("expected a number for ") + key + ", got " + shown(v) + ".");
    }
    return v.get<float>();
  }
  bool flag(const char* key, bool otherwise) const {
    if (!has(key)) return otherwise;
    if (!config[key].is_boolean()) {
      fail(where, std::string("expected true or false for ") + key + ".");
    }
    return config[key].get<bool>();
  }
  /// `3` or `[3, 3]`.
  Extent extent(const char* key, Extent otherwise) const {
    if (!has(key)) return otherwise;
    const json& v = config[key];
    if (v.is_array()) {
      if (v.size() != 2) fail(where, std::string("expected two numbers for ") + key + ".");
      return {integer(v[0], key), integer(v[1], key)};
    }
    const int n = integer(v, key);
    return {n, n};
  }
  /// A word, or Keras's serialised object {"class_name": "GlorotUniform", …}, read as
  /// `glorot_uniform`.
  std::string word(const char* key, const char* otherwise) const {
    if (!has(key)) return otherwise;
    const json& v = config[key];
    const json& text = v.is_object() && v.contains("class_name") ? v["class_name"] : v;
    if (!text.is_string() || text.get_ref<const std::string&>().size() > kLongestWord) {
      fail(where, std::string("expected a word for ") + key + ", got " + shown(v) + ".");
    }
    if (v.is_string()) return v.get<std::string>();
    std::string out;
    for (const char c : text.get_ref<const std::string&>()) {
      const bool upper = c >= 'A' && c <= 'Z';
      if (upper && !out.empty()) out += '_';
      out += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
  }
  void only(const char* key, const json& supported) const {
    if (!has(key) || config[key] == supported) return;
    throw Error("unsupported_layer", where + ": " + key + " = " + shown(config[key]) +
                                         " is not supported; only " + shown(supported) + " is.");
  }
  Activation activation() const { return activation_from(word("activation", "linear"), where); }
  Padding padding() const { return padding_from(word("padding", "valid"), where); }
  Initializer initializer(const char* key, const char* otherwise) const {
    const std::string name = word(key, otherwise);
    return initializer_from(name == "variance_scaling" ? variance_scaling(config[key]) : name,
                            where);
  }
  /// TensorFlow.js and older Keras write the whole family as VarianceScaling with its three
  /// settings.
  static std::string variance_scaling(const json& v) {
    const json c = v.is_object() ? v.value("config", json()) : json();
    if (!c.is_object()) return "variance_scaling";
    const json scale = c.value("scale", json(1)), mode = c.value("mode", json("fan_in"));
    const json distribution = c.value("distribution", json("truncated_normal"));
    const char* kind = distribution == "uniform" ? "_uniform" : "_normal";
    if (distribution == "untruncated_normal") return "variance_scaling";
    if (mode == "fan_avg" && scale == 1) return std::string("glorot") + kind;
    if (mode == "fan_in" && scale == 1) return std::string("lecun") + kind;
    if (mode == "fan_in" && scale == 2) return std::string("he") + kind;
    return "variance_scaling";
  }
  /// What would change training without a word.
  void no_penalties() const {
    for (const char* key : {"kernel_regularizer", "bias_regularizer", "activity_regularizer",
                            "kernel_constraint", "bias_constraint"}) {
      only(key, nullptr);
    }
  }
};

template <class Pool>
Pool read_pool(const Reader& r) {
  r.only("data_format", "channels_last");
  Pool p;
  p.pool_size = r.extent("pool_size", {2, 2});
  p.strides = r.extent("strides", p.pool_size);
  p.padding = r.padding();
  return p;
}

Conv2D read_conv(const Reader& r) {
  r.only("data_format", "channels_last");
  r.only("groups", 1);
  r.no_penalties();
  if (r.has("dilation_rate") && r.extent("dilation_rate", {1, 1}) != Extent{1, 1}) {
    r.only("dilation_rate", json::array({1, 1}));
  }
  Conv2D c;
  c.filters = r.integer("filters");
  if (!r.has("kernel_size")) fail(r.where, "expected kernel_size, which is missing.");
  c.kernel_size = r.extent("kernel_size", {});
  c.strides = r.extent("strides", {1, 1});
  c.padding = r.padding();
  c.activation = r.activation();
  c.use_bias = r.flag("use_bias", true);
  c.kernel_initializer = r.initializer("kernel_initializer", "glorot_uniform");
  c.bias_initializer = r.initializer("bias_initializer", "zeros");
  return c;
}

Dense read_dense(const Reader& r) {
  r.no_penalties();
  Dense d;
  d.units = r.integer("units");
  d.activation = r.activation();
  d.use_bias = r.flag("use_bias", true);
  d.kernel_initializer = r.initializer("kernel_initializer", "glorot_uniform");
  d.bias_initializer = r.initializer("bias_initializer", "zeros");
  return d;
}

/// Penalties and constraints of gamma and beta have no say, as the layer is not trained.
BatchNormalization read_normalization(const Reader& r) {
  r.only("axis", -1);
  r.only("renorm", false);
  BatchNormalization b;
  b.momentum = r.number("momentum", b.momentum);
  b.epsilon = r.number("epsilon", b.epsilon);
  b.center = r.flag("center", true);
  b.scale = r.flag("scale", true);
  b.beta_initializer = r.initializer("beta_initializer", "zeros");
  b.gamma_initializer = r.initializer("gamma_initializer", "ones");
  b.moving_mean_initializer = r.initializer("moving_mean_initializer", "zeros");
  b.moving_variance_initializer = r.initializer("moving_variance_initializer", "ones");
  return b;
}

LayerKind read_layer(const std::string& kind, const Reader& r) {
  if (kind == "Conv2D" || kind == "Convolution2D") return read_conv(r);
  if (kind == "MaxPooling2D" || kind == "MaxPool2D") return read_pool<MaxPooling2D>(r);
  if (kind == "AveragePooling2D" || kind == "AvgPool2D") return read_pool<AveragePooling2D>(r);
  if (kind == "Flatten") {
    r.only("data_format", "channels_last");
    return Flatten{};
  }
  if (kind == "Dense") return read_dense(r);
  if (kind == "Dropout") {
    r.only("noise_shape", nullptr);
    return Dropout{r.number("rate", 0.5F)};
  }
  if (kind == "Activation") return ActivationLayer{r.activation()};
  if (kind == "ReLU") {
    r.only("max_value", nullptr);
    if (r.number("negative_slope", 0) != 0 || r.number("threshold", 0) != 0) {
      throw Error("unsupported_layer", r.where + ": only a plain ReLU is supported.");
    }
    return ActivationLayer{Activation::relu, /*own_class=*/true};
  }
  if (kind == "Softmax") {
    r.only("axis", -1);
    return ActivationLayer{Activation::softmax, /*own_class=*/true};
  }
  if (kind == "BatchNormalization") return read_normalization(r);
  if (kind == "Rescaling") return Rescaling{r.number("scale", 1), r.number("offset", 0)};
  throw Error(
      "unsupported_layer",
      r.where + ": " + kind +
          " layers are not supported. Supported are Conv2D, MaxPooling2D, "
          "AveragePooling2D, Flatten, Dense, Dropout, Activation, ReLU, Softmax, Rescaling, "
          "BatchNormalization.");
}

/// [null, 28, 28, 1] → (28, 28, 1).
Shape read_batch_shape(const Reader& r, const json& v) {
  if (!v.is_array() || v.size() < 2 || v.size() > 4) {
    fail(r.where, "expected an input shape such as [null, 28, 28, 1], got " + shown(v) + ".");
  }
  std::vector<int> dims;
  for (std::size_t i = 1; i < v.size(); ++i) dims.push_back(r.integer(v[i], "the input shape"));
  return Shape(std::move(dims));
}

json parse(const std::string& text) {
  if (text.size() > kLongestText) {
    throw Error("invalid_json", "model configuration: longer than 1 MiB.");
  }
  json out = parse_json(text);
  if (out.is_object()) return out;
  throw Error("invalid_json", is_shallow_json(text) ? "model configuration: expected a JSON object."
                                                    : "model configuration: nested too deeply.");
}

/// Whether errors and tables can show a name as it is. Control characters would bend them, and a 0
/// would cut them off.
bool is_presentable(const std::string& text, std::size_t longest) {
  return text.size() <= longest &&
         std::ranges::none_of(text, [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; });
}

/// One entry of the list of layers.
struct Item {
  std::string kind, name, position;
  json config;
  std::string where() const {
    return name.empty() ? kind + " (" + position + ")" : kind + " \"" + name + "\"";
  }
};

Item read_item(const json& v, const std::string& position) {
  if (!v.is_object() || !v.value("class_name", json()).is_string()) {
    fail(position, "expected an object with a class_name.");
  }
  Item item{v["class_name"].get<std::string>(), "", position, v.value("config", json::object())};
  if (!is_presentable(item.kind, kLongestWord)) {
    fail(position, "expected the name of a class, got " + shown(v["class_name"]) + ".");
  }
  if (!item.config.is_object()) fail(position, "expected config to be an object.");
  const json name = item.config.value("name", json());
  if (name.is_string()) item.name = name.get<std::string>();
  if (!is_presentable(item.name, kLongestName)) {
    fail(position, "expected a name of at most 256 bytes without control characters, got " +
                       shown(name) + ".");
  }
  return item;
}

}  // namespace

Sequential sequential_from_json(const std::string& text) {
  const json root = parse(text);
  if (root.value("class_name", json()) != "Sequential") {
    throw Error("unsupported_model",
                "model configuration: expected class_name \"Sequential\", got " +
                    shown(root.value("class_name", json())) + ".");
  }
  const json config = root.value("config", json());
  const json list = config.is_array()    ? config
                    : config.is_object() ? config.value("layers", json())
                                         : json();
  if (!list.is_array()) fail("model configuration", "expected config.layers to be a list.");
  const json name = config.is_object() ? config.value("name", json()) : json();

  Shape input;
  std::vector<LayerSpec> specs;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Item item = read_item(list[i], "layer " + std::to_string(i + 1));
    const Reader r{item.config, item.where()};
    for (const char* key : {"batch_shape", "batch_input_shape"}) {
      if (i == 0 && r.has(key)) input = read_batch_shape(r, item.config[key]);
    }
    if (item.kind == "InputLayer") {
      if (i != 0) fail(r.where, "an InputLayer can only come first.");
      continue;
    }
    specs.push_back({item.name, read_layer(item.kind, r), r.flag("trainable", true)});
  }
  if (input.rank() == 0) {
    fail("model configuration",
         "expected an input shape: put an InputLayer with batch_shape first.");
  }
  return Sequential(name.is_string() ? name.get<std::string>() : "sequential", input,
                    std::move(specs));
}

}  // namespace ziffer::nn
