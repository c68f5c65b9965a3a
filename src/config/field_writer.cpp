#include <cstdlib>
#include <cstring>
#include <utility>

#include "config/fields.hpp"
#include "core/number_text.hpp"

namespace ziffer {
namespace {

template <class T>
const T& as(const void* from) {
  return *static_cast<const T*>(from);
}

/// 0.3F as 0.3, not as 0.30000001192092896: the double whose text is the shortest that reads back
/// as this float.
Json shortest(float value) { return std::strtod(number_text(value).c_str(), nullptr); }

Json pair(Json first, Json second) {
  Json out = Json::list();
  out.push(std::move(first));
  out.push(std::move(second));
  return out;
}

Json interval(const Interval& value) { return pair(shortest(value.low), shortest(value.high)); }

const char* word(const Field& field, const void* from) {
  int index = 0;
  std::memcpy(&index, from, sizeof index);
  return field.words[static_cast<std::size_t>(index)];
}

Json written(const Field& field, const void* from) {
  const auto* wholes = static_cast<const int*>(from);
  switch (field.type) {
    case FieldType::whole:
      return *wholes;
    case FieldType::count:
      return as<std::uint64_t>(from);
    case FieldType::single:
      return shortest(as<float>(from));
    case FieldType::real:
      return as<double>(from);
    case FieldType::limit:
      return as<float>(from) < kNoLimit ? shortest(as<float>(from)) : Json();
    case FieldType::maybe:
      return *as<std::optional<double>>(from);
    case FieldType::numbers:
      return Json::list(as<std::vector<double>>(from));
    case FieldType::kind:
      return written_kind(*field.kinds, from);
    case FieldType::flag:
      return as<bool>(from);
    case FieldType::word:
      return word(field, from);
    case FieldType::extent:
      return pair(wholes[0], wholes[1]);
    case FieldType::wholes:
      return Json::list(as<std::vector<int>>(from));
    case FieldType::sides:
      return pair(pair(wholes[0], wholes[1]), pair(wholes[2], wholes[3]));
    case FieldType::interval:
      return interval(as<Interval>(from));
    case FieldType::maybe_interval: {
      const auto& value = as<std::optional<Interval>>(from);
      return value ? interval(*value) : Json();
    }
    case FieldType::seed: {
      const auto& value = as<std::optional<std::uint64_t>>(from);
      return value ? Json(*value) : Json();
    }
  }
  return {};
}

/// Some are not written where there is none.
bool is_left_out(const Field& field, const void* from) {
  if (field.type == FieldType::maybe) return !as<std::optional<double>>(from);
  return field.type == FieldType::kind && field.kinds->chosen(from) == nullptr;
}

}  // namespace

void write_fields(const Concept& of, const void* settings, Json& object) {
  for (const Field& field : of.fields) {
    const void* from = of.of(settings, field);
    if (!is_left_out(field, from)) object.set(field.key, written(field, from));
  }
}

}  // namespace ziffer
