// What is done with the settings of a concept, by its table: they are read from JSON, written and
// checked.
#pragma once

#include <initializer_list>
#include <string>

#include "config/concept.hpp"
#include "config/json.hpp"
#include "core/error.hpp"

namespace ziffer {

/// 2^53 - 1: the largest whole number that JavaScript counts to.
inline constexpr std::uint64_t kLargestCount = 9007199254740991;
/// Of windows, strides and what is added or cut at a side.
inline constexpr int kLargestExtent = 255;

/// A value as errors show it: plain ASCII, of bearable length.
std::string shown(const Json&);

/// What is done where a setting is missing, or null.
enum class Missing { refused, keeps_default };

/// Reads the canonical form of a concept's settings, and nothing else but what `also` lists.
/// `where` is how errors name the concept. Errors: `invalid_config`, naming the setting, what was
/// expected and what came.
void read_fields(const Concept&, void* settings, const Json& object, const std::string& where,
                 Missing, std::initializer_list<std::string_view> also = {});

/// Refuses what is out of its range. Errors: `invalid_config`.
void check_fields(const Concept&, const void* settings, const std::string& where);

/// Adds the settings to an object, in their canonical form.
void write_fields(const Concept&, const void* settings, Json& object);

/// Takes out of written settings what came later than runs were first saved and is as if it were
/// not there: those runs go on.
void forget_later(const Concept&, Json& object);

/// Settings from JSON where defaults may be left out, checked. Errors: `invalid_config`.
void read_settings(const Concept&, void* settings, const Json& object, const std::string& where,
                   std::initializer_list<std::string_view> also = {});

/// What a run is told by: without what `forget_later` takes out.
Json written_settings(const Concept&, const void* settings);

/// The kind called `name` with its settings. Errors: `invalid_config`.
void read_kind(const Kinds&, void* variant, const Json& object, const Json& name,
               const std::string& what);
Json written_kind(const Kinds&, const void* variant);

/// The settings for whoever shows them: [{name, type, default, …}], where whole numbers and numbers
/// have `low` and `high` (numbers: `below`), where there is one, and words have `words`. A setting
/// that must be given has the default null.
Json listed_fields(const Concept&);

/// `<where>: expected <expected>, got <got>.`
[[noreturn]] void refuse(const std::string& where, const std::string& expected, const Json& got);

}  // namespace ziffer
