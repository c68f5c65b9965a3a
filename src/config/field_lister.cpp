// Apart from what reads and writes, since the browser's module does without it.
#include "config/fields.hpp"

namespace ziffer {
namespace {

const char* type_of(FieldType type) {
  switch (type) {
    case FieldType::whole:
    case FieldType::count:
      return "whole";
    case FieldType::single:
    case FieldType::real:
    case FieldType::limit:
    case FieldType::maybe:
      return "number";
    case FieldType::numbers:
      return "numbers";
    case FieldType::kind:
      return "kind";
    case FieldType::flag:
      return "flag";
    case FieldType::word:
      return "word";
    case FieldType::extent:
      return "extent";
    case FieldType::wholes:
      return "wholes";
    case FieldType::sides:
      return "sides";
    case FieldType::interval:
    case FieldType::maybe_interval:
      return "interval";
    case FieldType::seed:
      return "seed";
  }
  return "";
}

/// Whether the sample's value is a default, or stands for none.
bool has_default(const Field& field, const Json& value) {
  switch (field.type) {
    case FieldType::whole:
      return value.number() >= field.range.low && value.number() <= field.range.below;
    case FieldType::single:
    case FieldType::real:
      return value.number() >= field.range.low;
    case FieldType::extent:
      return value[std::size_t{0}].number() >= 1;
    case FieldType::numbers:
      return false;
    default:
      return true;
  }
}

void add_limits(const Field& field, Json& out) {
  const auto between = [&out](Json low, Json high) { out.set("low", low).set("high", high); };
  switch (field.type) {
    case FieldType::whole:
      return between(static_cast<int>(field.range.low), static_cast<int>(field.range.below));
    case FieldType::count:
      return between(0, kLargestCount);
    case FieldType::single:
    case FieldType::real:
    case FieldType::maybe:
      if (field.range.low != -kNoLimit) out.set("low", field.range.low);
      if (field.range.below != kNoLimit) out.set("below", field.range.below);
      return;
    case FieldType::word: {
      Json words = Json::list();
      for (const char* word : field.words) words.push(word);
      out.set("words", words);
      return;
    }
    case FieldType::extent:
      return between(1, kLargestExtent);
    case FieldType::sides:
      return between(0, kLargestExtent);
    default:
      return;
  }
}

}  // namespace

Json listed_fields(const Concept& of) {
  Json usual = Json::object(), out = Json::list();
  write_fields(of, of.sample, usual);
  for (const Field& field : of.fields) {
    // The kinds have lists of their own.
    if (field.type == FieldType::kind) continue;
    const Json& value = usual[field.key];
    Json listed = Json::object();
    listed.set("name", field.key).set("type", type_of(field.type));
    listed.set("default", has_default(field, value) ? value : Json());
    add_limits(field, listed);
    out.push(listed);
  }
  return out;
}

}  // namespace ziffer
