#include "training/options.hpp"

#include <array>

#include "config/fields.hpp"

namespace ziffer::training {
namespace {

constexpr std::array kLosses{"categorical_crossentropy", "sparse_categorical_crossentropy"};

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

/// The settings of the optimizer of that name, starting the search at the I-th.
template <std::size_t I = 0>
OptimizerSettings read_optimizer(const Json& object, const Json& name, std::string known = "") {
  if constexpr (I == std::variant_size_v<OptimizerSettings>) {
    fail("optimizer", "one of " + known.substr(2), name);
  } else {
    using Settings = std::variant_alternative_t<I, OptimizerSettings>;
    if (name == Settings::kName) {
      return read<Settings>(object, std::string("optimizer ") + Settings::kName, {"name"});
    }
    return read_optimizer<I + 1>(object, name, known + ", " + Settings::kName);
  }
}

template <class Settings>
void read_callback(const Json& object, std::optional<Settings>& out) {
  const Json v = object.value(Settings::kName, Json());
  if (v.is_null()) return;
  if (!v.is_object()) fail(Settings::kName, "an object", v);
  out = read<Settings>(v, Settings::kName);
}

}  // namespace

OptimizerSettings compile_options_from_json(const std::string& text) {
  const Json object = parse_object(text, "compile");
  const Json loss = object.value("loss", Json(kLosses[0]));
  if (loss != kLosses[0] && loss != kLosses[1]) {
    fail("loss", std::string("one of ") + kLosses[0] + ", " + kLosses[1], loss);
  }
  const Json v = object.value("optimizer", Json());
  if (v.is_null()) return {};
  const Json settings = v.is_string() ? Json::object() : v;
  if (!settings.is_object()) fail("optimizer", "a name or an object with a name", v);
  return read_optimizer(settings, v.is_string() ? v : settings.value("name", Json()));
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

std::string to_json(const OptimizerSettings& settings) {
  return std::visit([](const auto& s) { return Json{{s.kName, written(s)}}.dump(); }, settings);
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
