#include "nn/config.hpp"

#include <algorithm>
#include <utility>

#include "config/fields.hpp"
#include "core/error.hpp"

namespace ziffer::nn {
namespace {

constexpr std::size_t kLongestText = std::size_t{1} << 20;
constexpr std::size_t kLongestClass = 64;

[[noreturn]] void fail(const std::string& where, const std::string& message) {
  throw Error("invalid_config", where + ": " + message);
}

/// Whether errors and tables can show a name as it is. Control characters would bend them, and a 0
/// would cut them off.
bool is_presentable(const std::string& text, std::size_t longest) {
  return text.size() <= longest &&
         std::ranges::none_of(text, [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; });
}

/// Calls `use` with a default layer of each class in turn.
template <std::size_t... I>
void each_layer(std::index_sequence<I...>, const auto& use) {
  (use(std::variant_alternative_t<I, LayerKind>{}), ...);
}
void each_layer(const auto& use) {
  each_layer(std::make_index_sequence<std::variant_size_v<LayerKind>>{}, use);
}

/// One entry of the list of layers.
struct Entry {
  std::string kind, name, where;
  Json config;
};

Entry read_entry(const Json& v, const std::string& position) {
  if (!v.is_object() || !v.value("class_name", Json()).is_string()) {
    fail(position, "expected an object with a class_name.");
  }
  Entry e{v["class_name"].get<std::string>(), "", "", v.value("config", Json())};
  if (!is_presentable(e.kind, kLongestClass)) {
    fail(position, "expected the name of a class, got " + shown(v["class_name"]) + ".");
  }
  if (!e.config.is_object()) fail(position, "expected config to be an object.");
  const Json name = e.config.value("name", Json(""));
  if (name.is_string()) e.name = name.get<std::string>();
  if (!name.is_string() || !is_presentable(e.name, kLongestName)) {
    fail(position, "expected a name of at most " + std::to_string(kLongestName) +
                       " bytes without control characters, got " + shown(name) + ".");
  }
  e.where = e.name.empty() ? e.kind + " (" + position + ")" : e.kind + " \"" + e.name + "\"";
  return e;
}

LayerSpec read_layer(const Entry& e) {
  LayerSpec out{e.name, Flatten{}};
  FieldReader reader(e.config, e.where);
  bool known = false;
  each_layer([&](auto layer) {
    if (e.kind != layer.kClass) return;
    known = true;
    layer.fields(layer, reader);
    out.kind = layer;
  });
  if (!known) {
    std::string classes;
    each_layer([&](const auto& layer) { classes += ", " + std::string(layer.kClass); });
    throw Error("unsupported_layer", e.where + ": " + e.kind +
                                         " layers are not supported. Supported are " +
                                         classes.substr(2) + ".");
  }
  if (e.config.contains("trainable")) reader.flag("trainable", out.trainable);
  reader.nothing_else({"name"});
  return out;
}

/// [null, 28, 28, 1] → (28, 28, 1).
Shape read_batch_shape(const Entry& e) {
  const Json v = e.config.value("batch_shape", Json());
  const auto extent = [](const Json& d) {
    return d.is_number_integer() && d.get<double>() >= 0 && d.get<double>() <= 1e9;
  };
  if (e.kind != "InputLayer" || !v.is_array() || v.size() < 2 || v.size() > 4 ||
      !std::all_of(v.begin() + 1, v.end(), extent)) {
    fail("model configuration",
         "expected an input shape: put an InputLayer with batch_shape first.");
  }
  std::vector<int> dims;
  for (std::size_t i = 1; i < v.size(); ++i) dims.push_back(v[i].get<int>());
  return Shape(std::move(dims));
}

Json parse(const std::string& text) {
  if (text.size() > kLongestText) {
    throw Error("invalid_json", "model configuration: longer than 1 MiB.");
  }
  Json out = parse_json(text);
  if (out.is_object()) return out;
  throw Error("invalid_json", is_shallow_json(text) ? "model configuration: expected a JSON object."
                                                    : "model configuration: nested too deeply.");
}

/// Keras 3 finds a class by its module; Keras 2 ignores that.
Json object(const char* module, const char* name, Json config) {
  return {{"module", module},
          {"class_name", name},
          {"config", std::move(config)},
          {"registered_name", nullptr}};
}

/// Takes out of a layer's settings what `identity` leaves out.
template <class L>
void forget_later(Json& config) {
  if constexpr (requires { L::kLater; }) {
    Json usual = Json::object();
    FieldWriter writer(usual);
    const L layer{};
    layer.fields(layer, writer);
    for (const char* key : L::kLater) {
      if (config[key] == usual[key]) config.erase(key);
    }
  }
}

enum class Settings { all, identifying };

Json layer_config(const Layer& layer, Settings which) {
  Json c{{"name", layer.name}};
  if (!layer.trainable) c["trainable"] = false;
  FieldWriter writer(c);
  std::visit(
      [&]<class L>(const L& kind) {
        kind.fields(kind, writer);
        if (which == Settings::identifying) forget_later<L>(c);
      },
      layer.kind);
  return c;
}

std::string written(const Sequential& model, Settings which) {
  Json batch = Json::array({nullptr});
  for (const int d : model.input().dims()) batch.push_back(d);
  Json layers = Json::array();
  layers.push_back(object("keras.layers", "InputLayer",
                          {{"batch_shape", batch}, {"dtype", "float32"}, {"name", "input_layer"}}));
  for (const Layer& layer : model.layers()) {
    layers.push_back(object("keras.layers", class_name(layer.kind), layer_config(layer, which)));
  }
  const Json root = object("keras", "Sequential", {{"name", model.name()}, {"layers", layers}});
  // What is not UTF-8 in a name is replaced, where dump() alone would throw.
  return root.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Sequential sequential_from_json(const std::string& text) {
  const Json root = parse(text);
  if (root.value("class_name", Json()) != "Sequential") {
    throw Error("unsupported_model",
                "model configuration: expected class_name \"Sequential\", got " +
                    shown(root.value("class_name", Json())) + ".");
  }
  const Json config = root.value("config", Json());
  const Json list = config.is_object() ? config.value("layers", Json()) : Json();
  const Json name = config.is_object() ? config.value("name", Json()) : Json();
  if (!list.is_array() || list.empty() || !name.is_string()) {
    fail("model configuration", "expected a name and a list of layers.");
  }
  Shape input = read_batch_shape(read_entry(list[0], "layer 1"));
  std::vector<LayerSpec> specs;
  for (std::size_t i = 1; i < list.size(); ++i) {
    specs.push_back(read_layer(read_entry(list[i], "layer " + std::to_string(i + 1))));
  }
  return Sequential(name.get<std::string>(), std::move(input), std::move(specs));
}

std::string to_json(const Sequential& model) { return written(model, Settings::all); }

std::string identity(const Sequential& model) { return written(model, Settings::identifying); }

}  // namespace ziffer::nn
