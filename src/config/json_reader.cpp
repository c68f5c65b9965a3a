// RFC 8259, strictly: what reads a configuration must not guess.
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "config/json.hpp"
#include "config/utf8.hpp"

namespace ziffer {
namespace {

/// Each function takes what it reads from the front of the text. `false`: it is not JSON.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}

  bool document(Json& out) {
    if (!value(out)) return false;
    skip_blanks();
    return text_.empty();
  }

 private:
  bool value(Json& out) {
    skip_blanks();
    if (text_.empty()) return false;
    switch (text_[0]) {
      case '{':
        out = Json::object();
        return items(out, '}');
      case '[':
        out = Json::list();
        return items(out, ']');
      case '"': {
        std::string text;
        if (!string(text)) return false;
        out = Json(std::move(text));
        return true;
      }
      case 't':
        out = Json(true);
        return word("true");
      case 'f':
        out = Json(false);
        return word("false");
      case 'n':
        out = Json();
        return word("null");
      default:
        return number(out);
    }
  }

  /// Those of a list or an object, and the bracket.
  bool items(Json& out, char end) {
    text_.remove_prefix(1);
    skip_blanks();
    if (take(end)) return true;
    do {
      std::string key;
      Json item;
      if (out.is_object()) {
        skip_blanks();
        if (!string(key)) return false;
        skip_blanks();
        if (!take(':')) return false;
      }
      if (!value(item)) return false;
      if (out.is_object())
        out.set(key, std::move(item));
      else
        out.push(std::move(item));
      skip_blanks();
    } while (take(','));
    return take(end);
  }

  bool string(std::string& out) {
    if (!take('"')) return false;
    while (!take('"')) {
      if (text_.empty() || static_cast<std::uint8_t>(text_[0]) < 0x20) return false;
      if (take('\\')) {
        if (!escape(out)) return false;
        continue;
      }
      const Utf8 next = next_utf8(text_);
      if (!next.valid) return false;
      out += text_.substr(0, next.bytes);
      text_.remove_prefix(next.bytes);
    }
    return true;
  }

  bool escape(std::string& out) {
    constexpr std::string_view kNames = "\"\\/bfnrt", kNamed = "\"\\/\b\f\n\r\t";
    if (text_.empty()) return false;
    const std::size_t named = kNames.find(text_[0]);
    if (named != kNames.npos) {
      out += kNamed[named];
      text_.remove_prefix(1);
      return true;
    }
    std::uint32_t code = 0, low = 0;
    if (!unit(code)) return false;
    if (code >= 0xd800 && code < 0xe000) {
      if (code >= 0xdc00 || !take('\\') || !unit(low) || low < 0xdc00 || low > 0xdfff) return false;
      code = 0x10000U + ((code - 0xd800U) << 10U) + (low - 0xdc00U);
    }
    append_utf8(out, code);
    return true;
  }

  /// `u12ab`
  bool unit(std::uint32_t& out) {
    constexpr std::size_t kDigits = 4;
    if (!take('u') || text_.size() < kDigits) return false;
    const char* const end = text_.data() + kDigits;
    const auto read = std::from_chars(text_.data(), end, out, 16);
    text_.remove_prefix(kDigits);
    return read.ec == std::errc() && read.ptr == end;
  }

  bool number(Json& out) {
    const std::string_view begin = text_;
    const bool negative = take('-');
    if (!take('0') && !digits()) return false;
    bool whole = true;
    if (take('.')) {
      whole = false;
      if (!digits()) return false;
    }
    if (take('e') || take('E')) {
      whole = false;
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    const std::string text(begin.substr(0, begin.size() - text_.size()));
    if (whole &&
        (negative ? read_whole<std::int64_t>(text, out) : read_whole<std::uint64_t>(text, out)))
      return true;
    const double real = std::strtod(text.c_str(), nullptr);
    out = Json(real);
    return std::isfinite(real);
  }

  template <class Whole>
  static bool read_whole(const std::string& text, Json& out) {
    Whole value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    out = Json(value);
    return read.ec == std::errc();
  }

  bool digits() {
    const std::size_t before = text_.size();
    while (!text_.empty() && text_[0] >= '0' && text_[0] <= '9') text_.remove_prefix(1);
    return text_.size() < before;
  }

  bool word(std::string_view expected) {
    const bool is = text_.starts_with(expected);
    if (is) text_.remove_prefix(expected.size());
    return is;
  }

  bool take(char c) {
    const bool is = text_.starts_with(c);
    if (is) text_.remove_prefix(1);
    return is;
  }

  void skip_blanks() {
    while (!text_.empty() && std::string_view(" \t\n\r").find(text_[0]) != std::string_view::npos) {
      text_.remove_prefix(1);
    }
  }

  std::string_view text_;
};

}  // namespace

bool is_shallow_json(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kDeepestJson) return false;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return true;
}

Json parse_json(std::string_view text) {
  Json out;
  if (!is_shallow_json(text) || !JsonReader(text).document(out)) return Json::discarded();
  return out;
}

}  // namespace ziffer
