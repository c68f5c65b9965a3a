#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

#include "config/fields.hpp"

namespace ziffer {
namespace {

constexpr double kMostSingle = std::numeric_limits<float>::max();
constexpr double kMostReal = std::numeric_limits<double>::max();

/// Reads values of one setting.
struct ValueReader {
  const std::string& where;
  const Field& field;

  [[noreturn]] void fail(const char* expected, const Json& got) const {
    refuse(where, std::string(expected) + " for " + field.key, got);
  }

  int whole(const Json& v) const {
    if (v.is_whole() && v.number() >= -1e9 && v.number() <= 1e9) {
      return static_cast<int>(v.number());
    }
    fail("a whole number", v);
  }

  std::uint64_t count(const Json& v) const {
    if (v.is_whole() && v.number() >= 0 && v.number() <= static_cast<double>(kLargestCount)) {
      return v.whole();
    }
    fail("a whole number of at least 0", v);
  }

  double real(const Json& v, double most) const {
    if (v.is_number() && std::abs(v.number()) <= most) return v.number();
    fail("a number", v);
  }

  float single(const Json& v) const { return static_cast<float>(real(v, kMostSingle)); }

  const Json& pair(const Json& v, const char* expected, const Json& shown_as) const {
    if (v.is_list() && v.size() == 2) return v;
    fail(expected, shown_as);
  }

  Interval interval(const Json& v) const {
    pair(v, "two numbers", v);
    return {single(v[0]), single(v[1])};
  }

  std::vector<double> numbers(const Json& v) const {
    constexpr std::size_t kMost = 1024;
    if (!v.is_list() || v.size() > kMost) fail("a list of at most 1024 numbers", v);
    std::vector<double> out;
    for (const Json::Entry& one : v.entries()) out.push_back(real(one.value, kMostReal));
    return out;
  }

  std::vector<int> wholes(const Json& v) const {
    if (!v.is_list()) fail("a list of whole numbers", v);
    std::vector<int> out;
    for (const Json::Entry& one : v.entries()) out.push_back(whole(one.value));
    return out;
  }

  bool flag(const Json& v) const {
    if (!v.is_boolean()) fail("true or false", v);
    return v.boolean();
  }

  int word(const Json& v) const {
    std::string known;
    for (std::size_t i = 0; i < field.words.size(); ++i) {
      if (v.is_text(field.words[i])) return static_cast<int>(i);
      known += (i == 0 ? "" : ", ") + std::string(field.words[i]);
    }
    refuse(where, std::string(field.what) + " to be one of " + known, v);
  }

  void kind(const Json& v, void* to) const {
    if (!v.is_object()) fail("an object with a name", v);
    read_kind(*field.kinds, to, v, v["name"], where + ": " + field.key);
  }

  std::array<int, 2> extent(const Json& v) const {
    pair(v, "two numbers", v);
    return {whole(v[0]), whole(v[1])};
  }

  std::array<int, 4> sides(const Json& v) const {
    constexpr const char* kExpected = "two pairs of numbers";
    pair(v, kExpected, v);
    for (const Json::Entry& one : v.entries()) pair(one.value, kExpected, v);
    return {whole(v[0][0]), whole(v[0][1]), whole(v[1][0]), whole(v[1][1])};
  }

  void read(const Json& v, void* to) const;
};

template <class T>
T& as(void* to) {
  return *static_cast<T*>(to);
}

void ValueReader::read(const Json& v, void* to) const {
  // Enumerations, extents and sides are told by their int alone.
  const auto put = [to](const auto& value) { std::memcpy(to, &value, sizeof value); };
  switch (field.type) {
    case FieldType::whole:
      return put(whole(v));
    case FieldType::count:
      return put(count(v));
    case FieldType::single:
      return put(single(v));
    case FieldType::real:
      return put(real(v, kMostReal));
    case FieldType::limit:
      return put(v.is_null() ? std::numeric_limits<float>::infinity() : single(v));
    case FieldType::maybe:
      as<std::optional<double>>(to) = real(v, kMostReal);
      return;
    case FieldType::numbers:
      as<std::vector<double>>(to) = numbers(v);
      return;
    case FieldType::kind:
      return kind(v, to);
    case FieldType::flag:
      return put(flag(v));
    case FieldType::word:
      return put(word(v));
    case FieldType::extent:
      return put(extent(v));
    case FieldType::wholes:
      as<std::vector<int>>(to) = wholes(v);
      return;
    case FieldType::sides:
      return put(sides(v));
    case FieldType::interval:
      return put(interval(v));
    case FieldType::maybe_interval:
      if (!v.is_null()) as<std::optional<Interval>>(to) = interval(v);
      return;
    case FieldType::seed:
      if (!v.is_null()) as<std::optional<std::uint64_t>>(to) = count(v);
      return;
  }
}

}  // namespace

void read_fields(const Concept& of, void* settings, const Json& object, const std::string& where,
                 Missing missing, std::initializer_list<std::string_view> also) {
  for (const Field& field : of.fields) {
    const Json* v = object.find(field.key);
    if (missing == Missing::keeps_default && (v == nullptr || v->is_null())) continue;
    if (v == nullptr) {
      throw Error("invalid_config", {where, ": expected ", field.key, ", which is missing."});
    }
    ValueReader{where, field}.read(*v, of.of(settings, field));
  }
  for (const Json::Entry& entry : object.entries()) {
    const auto is_key = [&entry](const Field& field) { return entry.key == field.key; };
    if (std::ranges::any_of(of.fields, is_key)) continue;
    if (std::ranges::find(also, entry.key) != also.end()) continue;
    throw Error("invalid_config", {where, ": ", shown(entry.key), " is no setting of it."});
  }
}

}  // namespace ziffer
