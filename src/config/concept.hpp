// The settings of a concept (a layer, an optimizer, a callback, a loss) as a table, made of its
// `fields` when the program is compiled. `fields` calls one function of FieldCollector for each
// setting; config/fields.hpp reads, writes and checks by the table, config/schema.hpp describes it.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "config/number_range.hpp"
#include "config/words.hpp"

namespace ziffer {

struct Kinds;

/// What a setting is in C++ and in JSON.
enum class FieldType : std::uint8_t {
  whole,           ///< int; its range includes both ends
  count,           ///< std::uint64_t: a whole number that a double holds
  single,          ///< float
  real,            ///< double
  limit,           ///< float: a number, or null for none, which is infinity
  maybe,           ///< std::optional<double>: not written where there is none
  numbers,         ///< std::vector<double>
  kind,            ///< std::shared_ptr to a variant: one of several concepts, or none
  flag,            ///< bool
  word,            ///< an enumeration
  extent,          ///< two int: [height, width]
  wholes,          ///< std::vector<int>
  sides,           ///< four int: [[top, bottom], [left, right]]
  interval,        ///< Interval: [low, high]
  maybe_interval,  ///< std::optional<Interval>: null where it may be left out
  seed             ///< std::optional<std::uint64_t>: a whole number, or null
};

struct Field {
  const char* key = nullptr;
  const void* at = nullptr;  ///< in the concept's sample
  FieldType type = FieldType::whole;
  NumberRange range = {};
  const char* what = nullptr;  ///< what errors call an extent or a word
  std::span<const char* const> words = {};
  const Kinds* kinds = nullptr;
};

struct Concept {
  const char* name;
  const void* sample;  ///< one with the defaults
  std::span<const Field> fields;
  /// What came later than runs were first saved.
  std::span<const char* const> later;
  void (*check)(const void*);  ///< of settings together, or null

  /// Where a setting lies in settings of this concept.
  const void* of(const void* settings, const Field& field) const {
    return static_cast<const char*>(settings) + offset(field);
  }
  void* of(void* settings, const Field& field) const {
    return static_cast<char*>(settings) + offset(field);
  }

 private:
  std::ptrdiff_t offset(const Field& field) const {
    return static_cast<const char*>(field.at) - static_cast<const char*>(sample);
  }
};

/// The concepts of a variant, as config/kinds.hpp tells them apart.
struct Kinds {
  std::span<const Concept* const> concepts;
  /// Puts the defaults of one of them there, and says where.
  void* (*choose)(void* variant, std::size_t index);
  const void* (*chosen)(const void* variant);
  std::size_t (*index)(const void* variant);
};

/// config/kinds.hpp has it.
template <class Variant>
struct KindsOf;

/// Lists fields when the program is compiled.
class FieldCollector {
 public:
  static constexpr std::size_t kMost = 24;

  constexpr void whole(const char* key, const int& value, int low, int high) {
    add(key, &value, FieldType::whole).range = {static_cast<double>(low),
                                                static_cast<double>(high)};
  }
  constexpr void count(const char* key, const std::uint64_t& value) {
    add(key, &value, FieldType::count);
  }
  constexpr void number(const char* key, const float& value, const NumberRange& range = {}) {
    add(key, &value, FieldType::single).range = range;
  }
  constexpr void number(const char* key, const double& value, const NumberRange& range = {}) {
    add(key, &value, FieldType::real).range = range;
  }
  constexpr void limit(const char* key, const float& value, const NumberRange& range) {
    add(key, &value, FieldType::limit).range = range;
  }
  constexpr void maybe(const char* key, const std::optional<double>& value,
                       const NumberRange& range = {}) {
    add(key, &value, FieldType::maybe).range = range;
  }
  constexpr void numbers(const char* key, const std::vector<double>& value,
                         const NumberRange& range = {}) {
    add(key, &value, FieldType::numbers).range = range;
  }
  template <class Variant>
  constexpr void kind(const char* key, const std::shared_ptr<Variant>& value) {
    add(key, &value, FieldType::kind).kinds = &KindsOf<Variant>::shared;
  }
  constexpr void flag(const char* key, const bool& value) { add(key, &value, FieldType::flag); }
  template <class Enum>
  constexpr void word(const char* key, const Enum& value) {
    static_assert(sizeof(Enum) == sizeof(int));
    Field& field = add(key, &value, FieldType::word);
    field.what = Words<Enum>::kind;
    field.words = Words<Enum>::list;
  }
  template <class Extent>
  constexpr void extent(const char* key, const Extent& value, const char* what) {
    static_assert(sizeof(Extent) == 2 * sizeof(int));
    add(key, &value, FieldType::extent).what = what;
  }
  constexpr void wholes(const char* key, const std::vector<int>& value) {
    add(key, &value, FieldType::wholes);
  }
  template <class Sides>
  constexpr void sides(const char* key, const Sides& value) {
    static_assert(sizeof(Sides) == 4 * sizeof(int));
    add(key, &value, FieldType::sides);
  }
  constexpr void interval(const char* key, const Interval& value, const NumberRange& range) {
    add(key, &value, FieldType::interval).range = range;
  }
  constexpr void interval(const char* key, const std::optional<Interval>& value,
                          const NumberRange& range) {
    add(key, &value, FieldType::maybe_interval).range = range;
  }
  constexpr void seed(const char* key, const std::optional<std::uint64_t>& value) {
    add(key, &value, FieldType::seed);
  }

  std::array<Field, kMost> fields = {};
  std::size_t size = 0;

 private:
  constexpr Field& add(const char* key, const void* at, FieldType type) {
    Field& field = fields[size++];
    field.key = key;
    field.at = at;
    field.type = type;
    return field;
  }
};

/// Settings with their defaults that last as long as the program: nothing runs at its end.
template <class Settings>
union Sample {
  Settings value;
  constexpr Sample() : value() {}
  constexpr ~Sample() {}
};
#ifdef _GLIBCXX_DEBUG
// Its containers, which check what is done with them, are made when the program starts.
template <class Settings>
inline const Sample<Settings> kSample{};
#else
template <class Settings>
inline constinit const Sample<Settings> kSample{};
#endif

template <class Settings>
consteval FieldCollector collected_fields() {
  FieldCollector out;
  Settings::fields(kSample<Settings>.value, out);
  return out;
}

template <class Settings>
inline constexpr auto kFieldsOf = [] {
  constexpr std::size_t kSize = collected_fields<Settings>().size;
  std::array<Field, kSize> out{};
  for (std::size_t i = 0; i < kSize; ++i) out[i] = collected_fields<Settings>().fields[i];
  return out;
}();

template <class Settings>
constexpr const char* name_of() {
  if constexpr (requires { Settings::kClass; }) return Settings::kClass;
  if constexpr (requires { Settings::kName; }) return Settings::kName;
  return "";
}

template <class Settings>
constexpr std::span<const char* const> later_of() {
  if constexpr (requires { Settings::kLater; }) return Settings::kLater;
  return {};
}

template <class Settings>
void check_settings(const void* settings) {
  static_cast<const Settings*>(settings)->check();
}

template <class Settings>
constexpr auto check_of() -> void (*)(const void*) {
  if constexpr (requires(const Settings& settings) { settings.check(); })
    return &check_settings<Settings>;
  return nullptr;
}

template <class Settings>
inline constexpr Concept kConcept{name_of<Settings>(), &kSample<Settings>.value,
                                  kFieldsOf<Settings>, later_of<Settings>(), check_of<Settings>()};

}  // namespace ziffer
