#include "config/fields.hpp"

namespace ziffer {
namespace {

template <class T>
const T& as(const void* from) {
  return *static_cast<const T*>(from);
}

struct ValueChecker {
  const std::string& where;
  const Field& field;

  void whole(const char* what, int value, int low, int high) const {
    if (value >= low && value <= high) return;
    throw Error("invalid_config",
                {where, ": expected ", what, " between ", std::to_string(low), " and ",
                 std::to_string(high), ", got ", std::to_string(value), "."});
  }

  void number(double value) const {
    const NumberRange& range = field.range;
    if (value >= range.low && value < range.below) return;
    throw Error("invalid_config", {where, ": expected ", range.expected, ", got ",
                                   value < range.low ? range.too_low : range.too_high, "."});
  }

  void interval(const Interval& value) const {
    number(static_cast<double>(value.low));
    number(static_cast<double>(value.high));
    if (value.low <= value.high) return;
    throw Error("invalid_config", {where, ": expected the lower number of ", field.key,
                                   " first, got the higher one."});
  }

  void wholes(const void* from, std::size_t count, const char* what, int low) const {
    for (const int value : std::span(static_cast<const int*>(from), count)) {
      whole(what, value, low, kLargestExtent);
    }
  }

  void check(const void* from) const;
};

void ValueChecker::check(const void* from) const {
  switch (field.type) {
    case FieldType::whole:
      return whole(field.key, as<int>(from), static_cast<int>(field.range.low),
                   static_cast<int>(field.range.below));
    case FieldType::single:
      return number(static_cast<double>(as<float>(from)));
    case FieldType::real:
      return number(as<double>(from));
    case FieldType::limit:
      if (as<float>(from) < kNoLimit) number(static_cast<double>(as<float>(from)));
      return;
    case FieldType::maybe:
      if (const auto& value = as<std::optional<double>>(from)) number(*value);
      return;
    case FieldType::numbers:
      for (const double value : as<std::vector<double>>(from)) number(value);
      return;
    case FieldType::extent:
      return wholes(from, 2, field.what, 1);
    case FieldType::sides:
      return wholes(from, 4, field.key, 0);
    case FieldType::interval:
      return interval(as<Interval>(from));
    case FieldType::maybe_interval:
      if (const auto& value = as<std::optional<Interval>>(from)) interval(*value);
      return;
    // A kind was checked when it was read; what a list may say is its concept's to check.
    case FieldType::kind:
    case FieldType::wholes:
    case FieldType::count:
    case FieldType::flag:
    case FieldType::word:
    case FieldType::seed:
      return;
  }
}

}  // namespace

void check_fields(const Concept& of, const void* settings, const std::string& where) {
  for (const Field& field : of.fields) {
    ValueChecker{where, field}.check(of.of(settings, field));
  }
}

}  // namespace ziffer
