#include "config/fields.hpp"

#include <algorithm>

namespace ziffer {

std::string shown(const Json& v) {
  constexpr std::size_t kMost = 80;
  const std::string text = v.dump(/*ascii=*/true);
  return text.size() <= kMost ? text : text.substr(0, kMost) + "…";
}

void refuse(const std::string& where, const std::string& expected, const Json& got) {
  throw Error("invalid_config", {where, ": expected ", expected, ", got ", shown(got), "."});
}

void read_settings(const Concept& of, void* settings, const Json& object, const std::string& where,
                   std::initializer_list<std::string_view> also) {
  read_fields(of, settings, object, where, Missing::keeps_default, also);
  check_fields(of, settings, where);
  if (of.check != nullptr) of.check(settings);
}

void forget_later(const Concept& of, Json& object) {
  Json usual = Json::object();
  if (!of.later.empty()) write_fields(of, of.sample, usual);
  for (const char* key : of.later) {
    if (object[key] == usual[key]) object.erase(key);
  }
}

Json written_settings(const Concept& of, const void* settings) {
  Json out = Json::object();
  write_fields(of, settings, out);
  forget_later(of, out);
  return out;
}

void read_kind(const Kinds& kinds, void* variant, const Json& object, const Json& name,
               const std::string& what) {
  std::string known;
  for (std::size_t i = 0; i < kinds.concepts.size(); ++i) {
    const Concept& of = *kinds.concepts[i];
    if (name.is_text(of.name)) {
      return read_settings(of, kinds.choose(variant, i), object, what + " " + of.name, {"name"});
    }
    known += (i == 0 ? "" : ", ") + std::string(of.name);
  }
  refuse(what, "one of " + known, name);
}

Json written_kind(const Kinds& kinds, const void* variant) {
  const Concept& of = *kinds.concepts[kinds.index(variant)];
  return written_settings(of, kinds.chosen(variant)).set("name", of.name);
}

}  // namespace ziffer
