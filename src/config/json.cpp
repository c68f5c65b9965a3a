#include "config/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/detail/conversions/to_chars.hpp>
#include <utility>

#include "config/utf8.hpp"

namespace ziffer {
namespace {

const Json kNull;

void append_whole(std::string& out, auto value) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void append_real(std::string& out, double value) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  std::array<char, 64> digits{};
  char* const end = digits.data() + digits.size();
  out.append(digits.data(), nlohmann::detail::to_chars(digits.data(), end, value));
}

void append_escaped(std::string& out, std::uint32_t unit) {
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += "0123456789abcdef"[(unit >> shift) & 15U];
}

void append_code(std::string& out, std::uint32_t code, bool ascii) {
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t", kNames = "\"\\bfnrt";
  const std::size_t named = code < 0x80 ? kNamed.find(static_cast<char>(code)) : kNamed.npos;
  if (named != kNamed.npos) {
    out += '\\';
    out += kNames[named];
  } else if (code >= 0x20 && (code < 0x7f || !ascii)) {
    append_utf8(out, code);
  } else if (code < 0x10000) {
    append_escaped(out, code);
  } else {
    append_escaped(out, 0xd7c0 + (code >> 10U));
    append_escaped(out, 0xdc00 + (code & 0x3ffU));
  }
}

void append_text(std::string& out, std::string_view text, bool ascii) {
  constexpr std::uint32_t kReplacement = 0xfffd;
  out += '"';
  while (!text.empty()) {
    const Utf8 next = next_utf8(text);
    append_code(out, next.valid ? next.code : kReplacement, ascii);
    text.remove_prefix(next.bytes);
  }
  out += '"';
}

}  // namespace

Json::Json(Kind kind) noexcept : kind_(kind), whole_(0) {}
Json::Json(const char* text) : Json(std::string(text)) {}
Json::Json(std::string text) : Json(Kind::text) { text_ = std::move(text); }
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json::~Json() = default;

Json& Json::operator=(Json other) noexcept {
  kind_ = other.kind_;
  whole_ = other.whole_;
  text_.swap(other.text_);
  entries_.swap(other.entries_);
  return *this;
}

double Json::number() const noexcept {
  if (kind_ == Kind::real) return real_;
  return kind_ == Kind::negative ? static_cast<double>(static_cast<std::int64_t>(whole_))
                                 : static_cast<double>(whole_);
}

std::span<const Json::Entry> Json::entries() const noexcept { return entries_; }
std::size_t Json::size() const noexcept { return entries_.size(); }
const Json& Json::operator[](std::size_t i) const noexcept { return entries_[i].value; }
void Json::push(Json value) { entries_.push_back({"", std::move(value)}); }

const Json* Json::find(std::string_view key) const noexcept {
  if (!is_object()) return nullptr;
  const auto it = std::ranges::find(entries_, key, &Entry::key);
  return it == entries_.end() ? nullptr : &it->value;
}

const Json& Json::operator[](std::string_view key) const noexcept {
  const Json* found = find(key);
  return found == nullptr ? kNull : *found;
}

Json& Json::set(std::string_view key, Json value) {
  if (const Json* found = find(key))
    *const_cast<Json*>(found) = std::move(value);
  else
    entries_.push_back({std::string(key), std::move(value)});
  return *this;
}

void Json::erase(std::string_view key) {
  std::erase_if(entries_, [key](const Entry& entry) { return entry.key == key; });
}

std::string Json::dump(bool ascii) const {
  std::string out;
  write(out, ascii);
  return out;
}

void Json::write(std::string& out, bool ascii) const {
  switch (kind_) {
    case Kind::null:
      out += "null";
      return;
    case Kind::discarded:
      out += "<discarded>";
      return;
    case Kind::boolean:
      out += boolean() ? "true" : "false";
      return;
    case Kind::whole:
      return append_whole(out, whole_);
    case Kind::negative:
      return append_whole(out, static_cast<std::int64_t>(whole_));
    case Kind::real:
      return append_real(out, real_);
    case Kind::text:
      return append_text(out, text_, ascii);
    case Kind::list:
    case Kind::object:
      break;
  }
  out += is_list() ? '[' : '{';
  for (const Entry& entry : entries_) {
    if (&entry != entries_.data()) out += ',';
    if (is_object()) {
      append_text(out, entry.key, ascii);
      out += ':';
    }
    entry.value.write(out, ascii);
  }
  out += is_list() ? ']' : '}';
}

bool operator==(const Json& a, const Json& b) noexcept {
  if (a.is_number() && b.is_number()) return a.number() == b.number();
  return a.kind_ == b.kind_ && a.whole_ == b.whole_ && a.text_ == b.text_ &&
         std::ranges::equal(a.entries_, b.entries_, [](const auto& x, const auto& y) {
           return x.key == y.key && x.value == y.value;
         });
}

}  // namespace ziffer
