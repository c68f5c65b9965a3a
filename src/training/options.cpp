#include "training/options.hpp"

#include <algorithm>

#include "config/fields.hpp"

namespace ziffer::training {
namespace {

[[noreturn]] void fail(const std::string& what, const std::string& expected, const Json& got) {
  throw Error("invalid_config", what + ": expected " + expected + ", got " + shown(got) + ".");
}

Json parse_object(const std::string& text, const char* what) {
  Json object = parse_json(text);
  if (object.is_object()) return object;
  throw Error("invalid_config", std::string(what) + ": expected its options as an object.");
}

/// Settings from JSON; `also` are keys that are read elsewhere.
template <class Settings>
Settings read(const Json& object, const std::string& where,
              std::initializer_list<const char*> also = {}) {
  Settings out;
  FieldReader reader(object, where, Missing::keeps_default);
  out.fields(out, reader);
  reader.nothing_else(also);
  FieldChecker checker(where);
  out.fields(out, checker);
  return out;
}

template <class Settings>
Json written(const Settings& settings) {
  Json out = Json::object();
  FieldWriter writer(out);
  settings.fields(settings, writer);
  return out;
}

/// The settings of one of several kinds, told apart by their name; starts the search at the I-th
/// kind.
template <class Kinds, std::size_t I = 0>
Kinds read_kind(const Json& object, const Json& name, const std::string& what,
                std::string known = "") {
  if constexpr (I == std::variant_size_v<Kinds>) {
    fail(what, "one of " + known.substr(2), name);
  } else {
    using Settings = std::variant_alternative_t<I, Kinds>;
    for (const char* own : names_of<Settings>()) {
      if (name == own) return read<Settings>(object, what + " " + own, {"name"});
      known += std::string(", ") + own;
    }
    return read_kind<Kinds, I + 1>(object, name, what, known);
  }
}

/// A name, or an object with a name and settings; the first kind where neither is given.
template <class Kinds>
Kinds read_named(const Json& options, const char* what) {
  const Json v = options.value(what, Json());
  if (v.is_null()) return {};
  const Json settings = v.is_string() ? Json::object() : v;
  if (!settings.is_object()) fail(what, "a name or an object with a name", v);
  return read_kind<Kinds>(settings, v.is_string() ? v : settings.value("name", Json()), what);
}

Json written_named(const auto& kinds) {
  return std::visit(
      [](const auto& settings) {
        Json out{{"name", names_of<std::decay_t<decltype(settings)>>()[0]}};
        FieldWriter writer(out);
        settings.fields(settings, writer);
        return out;
      },
      kinds);
}

template <class Settings>
void read_callback(const Json& object, std::optional<Settings>& out) {
  const Json v = object.value(Settings::kName, Json());
  if (v.is_null()) return;
  if (!v.is_object()) fail(Settings::kName, "an object", v);
  out = read<Settings>(v, Settings::kName);
}

}  // namespace

CompileOptions compile_options_from_json(const std::string& text) {
  const Json object = parse_object(text, "compile");
  return {read_named<OptimizerSettings>(object, "optimizer"),
          read_named<engine::Loss>(object, "loss")};
}

FitOptions fit_options_from_json(const std::string& text) {
  const Json object = parse_object(text, "fit");
  CallbackSettings callbacks;
  FitOptions out = std::apply(
      [&](auto&... each) {
        (read_callback(object, each), ...);
        return read<FitOptions>(object, "fit", {std::decay_t<decltype(*each)>::kName...});
      },
      callbacks);
  out.callbacks = callbacks;
  return out;
}

std::string to_json(const CompileOptions& options) {
  return Json{{"optimizer", written_named(options.optimizer)},
              {"loss", written_named(options.loss)}}
      .dump();
}

std::string to_json(const FitOptions& options) {
  Json out = written(options);
  const auto add = [&](const auto& callback) {
    if (callback) out[callback->kName] = written(*callback);
  };
  std::apply([&](const auto&... each) { (add(each), ...); }, options.callbacks);
  return out.dump();
}

}  // namespace ziffer::training
