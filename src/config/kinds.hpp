// One of several concepts, each a structure of settings with a kName, told apart by that name.
#pragma once

#include <variant>

#include "config/fields.hpp"

namespace ziffer {

/// Settings from JSON, checked; `also` are keys that are read elsewhere. Errors: `invalid_config`.
template <class Settings>
Settings read_settings(const Json& object, const std::string& where,
                       std::initializer_list<const char*> also = {}) {
  Settings out;
  FieldReader reader(object, where, Missing::keeps_default);
  out.fields(out, reader);
  reader.nothing_else(also);
  FieldChecker checker(where);
  out.fields(out, checker);
  if constexpr (requires { out.check(); }) out.check();
  return out;
}

/// What came later than runs were first saved is not written where it is as if it were not there:
/// those runs go on.
template <class Settings>
Json written_settings(const Settings& settings) {
  Json out = Json::object();
  FieldWriter writer(out);
  settings.fields(settings, writer);
  if constexpr (requires { Settings::kLater; }) {
    Json usual = Json::object();
    FieldWriter writes(usual);
    const Settings defaults;
    defaults.fields(defaults, writes);
    for (const char* key : Settings::kLater) {
      if (out[key] == usual[key]) out.erase(key);
    }
  }
  return out;
}

/// The search for `name` starts at the I-th kind. Errors: `invalid_config`.
template <class Kinds, std::size_t I = 0>
Kinds read_kind(const Json& object, const Json& name, const std::string& what,
                const std::string& known = "") {
  if constexpr (I == std::variant_size_v<Kinds>) {
    throw Error("invalid_config",
                what + ": expected one of " + known.substr(2) + ", got " + shown(name) + ".");
  } else {
    using Settings = std::variant_alternative_t<I, Kinds>;
    const std::string own = Settings::kName;
    if (name == own) return read_settings<Settings>(object, what + " " + own, {"name"});
    return read_kind<Kinds, I + 1>(object, name, what, known + ", " + own);
  }
}

template <class Kinds>
Json written_kind(const Kinds& kinds) {
  return std::visit(
      [](const auto& settings) {
        Json out = written_settings(settings);
        out["name"] = settings.kName;
        return out;
      },
      kinds);
}

template <class Kinds>
void FieldReader::kind(const char* key, std::optional<Kinds>& value) {
  const Json* v = find(key);
  if (v == nullptr) return;
  if (!v->is_object()) fail("an object with a name", key, *v);
  value = read_kind<Kinds>(*v, v->value("name", Json()), where_ + ": " + key);
}

template <class Kinds>
void FieldWriter::kind(const char* key, const std::optional<Kinds>& value) {
  if (value) object_[key] = written_kind(*value);
}

}  // namespace ziffer
