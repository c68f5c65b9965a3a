#include "nn/config.hpp"

#include <algorithm>
#include <utility>

#include "config/fields.hpp"
#include "config/kinds.hpp"
#include "core/error.hpp"

namespace ziffer::nn {
namespace {

constexpr std::size_t kLongestText = std::size_t{1} << 20;
constexpr std::size_t kLongestClass = 64;

[[noreturn]] void fail(const std::string& where, const std::string& message) {
  throw Error("invalid_config", {where, ": ", message});
}

/// Whether errors and tables can show a name as it is. Control characters would bend them, and a 0
/// would cut them off.
bool is_presentable(const std::string& text, std::size_t longest) {
  return text.size() <= longest &&
         std::ranges::none_of(text, [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; });
}

constexpr const Kinds& kKinds = KindsOf<LayerKind>::kinds;

/// One entry of the list of layers.
struct Entry {
  std::string kind, name, where;
  Json config;
  std::vector<std::string> inbound;  ///< what it takes, where that is not the entry before it alone
};

void read_inbound(const Json& list, Entry& e) {
  if (list.is_null()) return;
  for (const Json::Entry& one : list.entries()) {
    if (one.value.is_text()) e.inbound.push_back(one.value.text());
  }
  if (list.is_list() && e.inbound.size() == list.size()) return;
  fail(e.where, "expected inbound to be a list of names, got " + shown(list) + ".");
}

Entry read_entry(const Json& v, const std::string& position) {
  if (!v["class_name"].is_text()) fail(position, "expected an object with a class_name.");
  Entry e{v["class_name"].text(), "", "", v["config"], {}};
  if (!is_presentable(e.kind, kLongestClass)) {
    fail(position, "expected the name of a class, got " + shown(v["class_name"]) + ".");
  }
  if (!e.config.is_object()) fail(position, "expected config to be an object.");
  const Json* name = e.config.find("name");
  if (name != nullptr && name->is_text()) e.name = name->text();
  if (name != nullptr && (!name->is_text() || !is_presentable(e.name, kLongestName))) {
    fail(position, "expected a name of at most " + std::to_string(kLongestName) +
                       " bytes without control characters, got " + shown(*name) + ".");
  }
  e.where = e.name.empty() ? e.kind + " (" + position + ")" : e.kind + " \"" + e.name + "\"";
  read_inbound(v["inbound"], e);
  return e;
}

[[noreturn]] void refuse_class(const Entry& e) {
  std::string classes;
  for (const Concept* known : kKinds.concepts) classes += ", " + std::string(known->name);
  throw Error(
      "unsupported_layer",
      {e.where, ": ", e.kind, " layers are not supported. Supported are ", classes.substr(2), "."});
}

LayerSpec read_layer(const Entry& e) {
  LayerSpec out{e.name, Flatten{}, true, e.inbound};
  const auto found = std::ranges::find(kKinds.concepts, e.kind, &Concept::name);
  if (found == kKinds.concepts.end()) refuse_class(e);
  const auto index = static_cast<std::size_t>(found - kKinds.concepts.begin());
  read_fields(**found, kKinds.choose(&out.kind, index), e.config, e.where, Missing::refused,
              {"name", "trainable"});
  if (const Json* trainable = e.config.find("trainable")) {
    if (!trainable->is_boolean()) refuse(e.where, "true or false for trainable", *trainable);
    out.trainable = trainable->boolean();
  }
  return out;
}

/// [null, 28, 28, 1] → (28, 28, 1).
Shape read_batch_shape(const Entry& e) {
  const Json& v = e.config["batch_shape"];
  const auto extent = [](const Json::Entry& d) {
    return d.value.is_whole() && d.value.number() >= 0 && d.value.number() <= 1e9;
  };
  if (e.kind != "InputLayer" || !v.is_list() || v.size() < 2 || v.size() > 4 ||
      !std::ranges::all_of(v.entries().subspan(1), extent)) {
    fail("model configuration",
         "expected an input shape: put an InputLayer with batch_shape first.");
  }
  std::vector<int> dims;
  for (const Json::Entry& d : v.entries().subspan(1))
    dims.push_back(static_cast<int>(d.value.number()));
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
  return Json::object()
      .set("module", module)
      .set("class_name", name)
      .set("config", std::move(config))
      .set("registered_name", Json());
}

enum class Settings { all, identifying };

Json layer_config(const Layer& layer, Settings which) {
  const Concept& of = *kKinds.concepts[layer.kind.index()];
  Json out = Json::object().set("name", layer.name);
  if (!layer.trainable) out.set("trainable", false);
  write_fields(of, kKinds.chosen(&layer.kind), out);
  if (which == Settings::identifying) forget_later(of, out);
  return out;
}

/// The names of what a layer takes.
Json inbound(const Sequential& model, const Layer& layer) {
  Json out = Json::list();
  for (const std::size_t source : layer.sources)
    out.push(source == 0 ? kInputName : model.layers()[source - 1].name);
  return out;
}

std::string written(const Sequential& model, Settings which) {
  Json batch = Json::list();
  batch.push(Json());
  for (const int d : model.input().dims()) batch.push(d);
  Json layers = Json::list();
  layers.push(object("keras.layers", "InputLayer",
                     Json::object()
                         .set("batch_shape", std::move(batch))
                         .set("dtype", "float32")
                         .set("name", "input_layer")));
  for (const Layer& layer : model.layers()) {
    Json one = object("keras.layers", class_name(layer.kind), layer_config(layer, which));
    if (!model.is_chain()) one.set("inbound", inbound(model, layer));
    layers.push(std::move(one));
  }
  Json config = Json::object().set("name", model.name()).set("layers", std::move(layers));
  return object("keras", "Sequential", std::move(config)).dump();
}

}  // namespace

Sequential sequential_from_json(const std::string& text) {
  const Json root = parse(text);
  if (!root["class_name"].is_text("Sequential")) {
    throw Error("unsupported_model",
                {"model configuration: expected class_name \"Sequential\", got ",
                 shown(root["class_name"]), "."});
  }
  const Json& list = root["config"]["layers"];
  const Json& name = root["config"]["name"];
  if (!list.is_list() || list.size() == 0 || !name.is_text()) {
    fail("model configuration", "expected a name and a list of layers.");
  }
  Shape input = read_batch_shape(read_entry(list[std::size_t{0}], "layer 1"));
  std::vector<LayerSpec> specs;
  for (std::size_t i = 1; i < list.size(); ++i) {
    specs.push_back(read_layer(read_entry(list[i], "layer " + std::to_string(i + 1))));
  }
  return Sequential(name.text(), std::move(input), std::move(specs));
}

std::string to_json(const Sequential& model) { return written(model, Settings::all); }

std::string identity(const Sequential& model) { return written(model, Settings::identifying); }

}  // namespace ziffer::nn
