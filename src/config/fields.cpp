#include "config/fields.hpp"

#include <algorithm>
#include <cmath>

namespace ziffer {

std::string shown(const Json& v) {
  constexpr std::size_t kMost = 80;
  const std::string text = v.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
  return text.size() <= kMost ? text : text.substr(0, kMost) + "…";
}

const Json* FieldReader::find(const char* key) {
  read_.emplace_back(key);
  const auto it = object_.find(key);
  const bool there = it != object_.end();
  if (missing_ == Missing::keeps_default && (!there || it->is_null())) return nullptr;
  if (there) return &*it;
  throw Error("invalid_config", where_ + ": expected " + key + ", which is missing.");
}

void FieldReader::count(const char* key, std::uint64_t& value) {
  const Json* v = find(key);
  if (v == nullptr) return;
  const double most = static_cast<double>(kLargestCount);
  if (!v->is_number_integer() || !(v->get<double>() >= 0) || !(v->get<double>() <= most)) {
    fail("a whole number of at least 0", key, *v);
  }
  value = v->get<std::uint64_t>();
}

bool FieldReader::is_given(const char* key) {
  const Json* v = find(key);
  return v != nullptr && !v->is_null();
}

void FieldReader::interval(const char* key, Interval& value, const NumberRange&) {
  const Json* v = find(key);
  if (v == nullptr) return;
  if (!v->is_array() || v->size() != 2) fail("two numbers", key, *v);
  constexpr double kMost = std::numeric_limits<float>::max();
  value = {static_cast<float>(real((*v)[0], key, kMost)),
           static_cast<float>(real((*v)[1], key, kMost))};
}

void FieldReader::numbers(const char* key, std::vector<double>& value, const NumberRange&) {
  constexpr std::size_t kMost = 1024;
  const Json* v = find(key);
  if (v == nullptr) return;
  if (!v->is_array() || v->size() > kMost) fail("a list of at most 1024 numbers", key, *v);
  value.clear();
  for (const Json& one : *v) value.push_back(real(one, key, std::numeric_limits<double>::max()));
}

double FieldReader::real(const Json& v, const char* key, double most) const {
  if (!v.is_number() || !(std::abs(v.get<double>()) <= most)) fail("a number", key, v);
  return v.get<double>();
}

void FieldReader::limit(const char* key, float& value, const NumberRange&) {
  const Json* v = find(key);
  if (v == nullptr) return;
  value = v->is_null() ? std::numeric_limits<float>::infinity()
                       : static_cast<float>(real(*v, key, std::numeric_limits<float>::max()));
}

void FieldReader::wholes(const char* key, std::vector<int>& values) {
  const Json* v = find(key);
  if (v == nullptr) return;
  if (!v->is_array()) fail("a list of whole numbers", key, *v);
  values.clear();
  for (const Json& one : *v) values.push_back(integer(one, key));
}

void FieldReader::flag(const char* key, bool& value) {
  const Json* v = find(key);
  if (v == nullptr) return;
  if (!v->is_boolean()) fail("true or false", key, *v);
  value = v->get<bool>();
}

std::size_t FieldReader::index(const Json& v, const char* kind,
                               std::span<const char* const> words) const {
  std::string known;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (v.is_string() && v.get_ref<const std::string&>() == words[i]) return i;
    known += (i == 0 ? "" : ", ") + std::string(words[i]);
  }
  throw Error("invalid_config",
              where_ + ": expected " + kind + " to be one of " + known + ", got " + shown(v) + ".");
}

int FieldReader::integer(const Json& v, const char* key) const {
  if (v.is_number_integer() && v.get<double>() >= -1e9 && v.get<double>() <= 1e9) {
    return v.get<int>();
  }
  fail("a whole number", key, v);
}

void FieldReader::fail(const char* expected, const char* key, const Json& got) const {
  throw Error("invalid_config",
              where_ + ": expected " + expected + " for " + key + ", got " + shown(got) + ".");
}

void FieldReader::nothing_else(std::initializer_list<const char*> also) const {
  for (const auto& item : object_.items()) {
    if (std::ranges::find(read_, item.key()) != read_.end()) continue;
    if (std::ranges::find(also, std::string_view(item.key())) != also.end()) continue;
    throw Error("invalid_config", where_ + ": " + shown(item.key()) + " is no setting of it.");
  }
}

void FieldChecker::whole(const char* what, int value, int low, int high) const {
  if (value >= low && value <= high) return;
  throw Error("invalid_config", where_ + ": expected " + what + " between " + std::to_string(low) +
                                    " and " + std::to_string(high) + ", got " +
                                    std::to_string(value) + ".");
}

void FieldChecker::number(const char*, double value, const NumberRange& range) const {
  if (value >= range.low && value < range.below) return;
  throw Error("invalid_config", where_ + ": expected " + range.expected + ", got " +
                                    (value < range.low ? range.too_low : range.too_high) + ".");
}

void FieldChecker::interval(const char* key, const Interval& value,
                            const NumberRange& range) const {
  number(key, static_cast<double>(value.low), range);
  number(key, static_cast<double>(value.high), range);
  if (value.low <= value.high) return;
  throw Error("invalid_config",
              where_ + ": expected the lower number of " + key + " first, got the higher one.");
}

void FieldLister::add(const char* key, const char* type, const Json& otherwise,
                      const Json& limits) {
  Json field{{"name", key}, {"type", type}, {"default", otherwise}};
  field.update(limits);
  list_.push_back(std::move(field));
}

}  // namespace ziffer
