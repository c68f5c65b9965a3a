// What is done with the settings of a concept (a layer, an optimizer), which its `fields` lists
// once: they are read, written, checked and described. `fields` calls one of these for each
// setting: whole, count, number, limit, maybe (a number or nothing), numbers, flag, word, extent,
// wholes, sides, interval, seed or kind (one of several concepts, or none; config/kinds.hpp).
#pragma once

#include <concepts>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/json.hpp"
#include "config/number_range.hpp"
#include "config/words.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

namespace ziffer {

/// 2^53 - 1: the largest whole number that JavaScript counts to.
inline constexpr std::uint64_t kLargestCount = 9007199254740991;

/// A value as errors show it: plain ASCII, of bearable length.
std::string shown(const Json&);

/// What is done where a setting is missing, or null.
enum class Missing { refused, keeps_default };

/// Reads a configuration in its canonical form, and nothing else. Errors: `invalid_config`, naming
/// the setting, what was expected and what came.
class FieldReader {
 public:
  /// `where` is how errors name the concept; it must outlive the reader.
  FieldReader(const Json& object, const std::string& where, Missing missing = Missing::refused)
      : object_(object), where_(where), missing_(missing) {}

  void whole(const char* key, int& value, int, int) {
    if (const Json* v = find(key)) value = integer(*v, key);
  }

  /// Whole numbers that a double holds.
  void count(const char* key, std::uint64_t& value);

  template <std::floating_point T>
  void number(const char* key, T& value, const NumberRange& = {}) {
    const Json* v = find(key);
    if (v != nullptr) value = static_cast<T>(real(*v, key, std::numeric_limits<T>::max()));
  }

  /// A number, or null for none, which is infinity here.
  void limit(const char* key, float& value, const NumberRange&);
  void maybe(const char* key, std::optional<double>& value, const NumberRange& = {}) {
    const Json* v = find(key);
    if (v != nullptr) value = real(*v, key, std::numeric_limits<double>::max());
  }

  void numbers(const char* key, std::vector<double>& value, const NumberRange& = {});

  template <class Kinds>
  void kind(const char* key, std::optional<Kinds>& value);

  void flag(const char* key, bool& value);

  template <class Enum>
  void word(const char* key, Enum& value) {
    const Json* v = find(key);
    if (v != nullptr) value = static_cast<Enum>(index(*v, Words<Enum>::kind, Words<Enum>::list));
  }

  /// [height, width].
  template <class Extent>
  void extent(const char* key, Extent& value, const char*) {
    const Json* v = find(key);
    if (v == nullptr) return;
    if (!v->is_array() || v->size() != 2) fail("two numbers", key, *v);
    value = {integer((*v)[0], key), integer((*v)[1], key)};
  }

  void wholes(const char* key, std::vector<int>& values);

  /// [[top, bottom], [left, right]].
  template <class Sides>
  void sides(const char* key, Sides& s) {
    const Json* v = find(key);
    if (v == nullptr) return;
    const auto pair = [](const Json& one) { return one.is_array() && one.size() == 2; };
    if (!pair(*v) || !pair((*v)[0]) || !pair((*v)[1])) fail("two pairs of numbers", key, *v);
    const Json &rows = (*v)[0], &columns = (*v)[1];
    s = {integer(rows[0], key), integer(rows[1], key), integer(columns[0], key),
         integer(columns[1], key)};
  }

  /// [low, high]; null where it may be left out.
  void interval(const char* key, Interval& value, const NumberRange&);
  void interval(const char* key, std::optional<Interval>& value, const NumberRange& range) {
    if (is_given(key)) interval(key, value.emplace(), range);
  }

  /// A whole number, or null.
  void seed(const char* key, std::optional<std::uint64_t>& value) {
    if (is_given(key)) count(key, value.emplace());
  }

  /// To be called when all settings were read: there may be no other than these and `also`.
  void nothing_else(std::initializer_list<const char*> also = {}) const;

 private:
  const Json* find(const char* key);
  bool is_given(const char* key);
  double real(const Json&, const char* key, double most) const;
  std::size_t index(const Json&, const char* kind, std::span<const char* const> words) const;
  int integer(const Json&, const char* key) const;
  [[noreturn]] void fail(const char* expected, const char* key, const Json& got) const;

  const Json& object_;
  const std::string& where_;
  Missing missing_;
  std::vector<std::string> read_;
};

/// Writes the canonical form.
class FieldWriter {
 public:
  explicit FieldWriter(Json& object) : object_(object) {}

  void whole(const char* key, int value, int, int) { object_[key] = value; }
  void count(const char* key, std::uint64_t value) { object_[key] = value; }
  void number(const char* key, float value, const NumberRange& = {}) {
    object_[key] = shortest(value);
  }
  void number(const char* key, double value, const NumberRange& = {}) { object_[key] = value; }
  void limit(const char* key, float value, const NumberRange&) {
    object_[key] = nullptr;
    if (value < kNoLimit) number(key, value);
  }
  void maybe(const char* key, const std::optional<double>& value, const NumberRange& = {}) {
    if (value) object_[key] = *value;
  }
  void numbers(const char* key, const std::vector<double>& value, const NumberRange& = {}) {
    object_[key] = value;
  }
  template <class Kinds>
  void kind(const char* key, const std::optional<Kinds>& value);
  void flag(const char* key, bool value) { object_[key] = value; }
  template <class Enum>
  void word(const char* key, Enum value) {
    object_[key] = ziffer::word(value);
  }
  template <class Extent>
  void extent(const char* key, const Extent& e, const char*) {
    object_[key] = Json::array({e.height, e.width});
  }
  void wholes(const char* key, const std::vector<int>& values) { object_[key] = values; }
  template <class Sides>
  void sides(const char* key, const Sides& s) {
    object_[key] = {{s.top, s.bottom}, {s.left, s.right}};
  }
  void interval(const char* key, const Interval& value, const NumberRange& = {}) {
    object_[key] = Json::array({shortest(value.low), shortest(value.high)});
  }
  void interval(const char* key, const std::optional<Interval>& value,
                const NumberRange& range = {}) {
    if (value)
      interval(key, *value, range);
    else
      object_[key] = nullptr;
  }
  void seed(const char* key, const std::optional<std::uint64_t>& value) {
    object_[key] = value ? Json(*value) : Json();
  }

 private:
  /// 0.3F as 0.3, not as 0.30000001192092896: the double whose text is the shortest that reads back
  /// as this float.
  static double shortest(float value) { return std::strtod(number_text(value).c_str(), nullptr); }

  Json& object_;
};

/// Refuses what is out of its range. Errors: `invalid_config`.
class FieldChecker {
 public:
  explicit FieldChecker(const std::string& where) : where_(where) {}

  void whole(const char* what, int value, int low, int high) const;
  void number(const char* key, double value, const NumberRange& = {}) const;
  void maybe(const char* key, const std::optional<double>& value, const NumberRange& range) const {
    if (value) number(key, *value, range);
  }
  void numbers(const char* key, const std::vector<double>& values, const NumberRange& range) const {
    for (const double value : values) number(key, value, range);
  }
  /// They were checked when they were read.
  template <class Kinds>
  void kind(const char*, const std::optional<Kinds>&) const {}
  void count(const char*, std::uint64_t) const {}
  void limit(const char* key, float value, const NumberRange& range) const {
    if (value < kNoLimit) number(key, static_cast<double>(value), range);
  }
  void flag(const char*, bool) const {}
  template <class Enum>
  void word(const char*, Enum) const {}
  template <class Extent>
  void extent(const char*, const Extent& e, const char* what) const {
    whole(what, e.height, 1, kLargestExtent);
    whole(what, e.width, 1, kLargestExtent);
  }
  /// What a list may say is the layer's to check.
  void wholes(const char*, const std::vector<int>&) const {}
  template <class Sides>
  void sides(const char* key, const Sides& s) const {
    for (const int side : {s.top, s.bottom, s.left, s.right}) whole(key, side, 0, kLargestExtent);
  }
  void interval(const char* key, const Interval& value, const NumberRange&) const;
  void interval(const char* key, const std::optional<Interval>& value,
                const NumberRange& range) const {
    if (value) interval(key, *value, range);
  }
  void seed(const char*, const std::optional<std::uint64_t>&) const {}

  /// Of windows, strides and what is added or cut at a side.
  static constexpr int kLargestExtent = 255;

 private:
  const std::string& where_;
};

/// Lists the settings: [{name, type, default, …}], where whole numbers and numbers have `low` and
/// `high` (numbers: `below`), where there is one, and words have `words`. A setting that must be
/// given has the default null.
class FieldLister {
 public:
  void whole(const char* key, int value, int low, int high) {
    const bool given = value >= low && value <= high;
    add(key, "whole", given ? Json(value) : Json(), {{"low", low}, {"high", high}});
  }
  void count(const char* key, std::uint64_t value) {
    add(key, "whole", value, {{"low", 0}, {"high", kLargestCount}});
  }
  template <std::floating_point T>
  void number(const char* key, T value, const NumberRange& range = {}) {
    Json limits = Json::object(), written = Json::object();
    if (range.low != -kNoLimit) limits["low"] = range.low;
    if (range.below != kNoLimit) limits["below"] = range.below;
    FieldWriter(written).number(key, value);
    const bool given = static_cast<double>(value) >= range.low;
    add(key, "number", given ? written[key] : Json(), limits);
  }
  void limit(const char* key, float value, const NumberRange&) {
    Json written = Json::object();
    FieldWriter(written).limit(key, value, {});
    add(key, "number", written[key], Json::object());
  }
  void maybe(const char* key, const std::optional<double>&, const NumberRange& range = {}) {
    number(key, 0.0, range);
    list_.back()["default"] = nullptr;
  }
  void numbers(const char* key, const std::vector<double>&, const NumberRange& = {}) {
    add(key, "numbers", Json(), Json::object());
  }
  /// The kinds have lists of their own.
  template <class Kinds>
  void kind(const char*, const std::optional<Kinds>&) {}
  void flag(const char* key, bool value) { add(key, "flag", value, Json::object()); }
  template <class Enum>
  void word(const char* key, Enum value) {
    add(key, "word", ziffer::word(value), {{"words", Words<Enum>::list}});
  }
  template <class Extent>
  void extent(const char* key, const Extent& e, const char*) {
    const Json given = e.height < 1 ? Json() : Json::array({e.height, e.width});
    add(key, "extent", given, {{"low", 1}, {"high", FieldChecker::kLargestExtent}});
  }
  void wholes(const char* key, const std::vector<int>& values) {
    add(key, "wholes", values, Json::object());
  }
  template <class Sides>
  void sides(const char* key, const Sides& s) {
    Json written = Json::object();
    FieldWriter(written).sides(key, s);
    add(key, "sides", written[key], {{"low", 0}, {"high", FieldChecker::kLargestExtent}});
  }

  template <class Value>
  void interval(const char* key, const Value& value, const NumberRange&) {
    Json written = Json::object();
    FieldWriter(written).interval(key, value);
    add(key, "interval", written[key], Json::object());
  }
  void seed(const char* key, const std::optional<std::uint64_t>&) {
    add(key, "seed", Json(), Json::object());
  }

  const Json& list() const { return list_; }

 private:
  void add(const char* key, const char* type, const Json& otherwise, const Json& limits);

  Json list_ = Json::array();
};

/// The settings of a concept, as FieldLister lists them.
template <class Settings>
Json listed_fields() {
  const Settings settings{};
  FieldLister fields;
  settings.fields(settings, fields);
  return fields.list();
}

}  // namespace ziffer
