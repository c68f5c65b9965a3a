// JSON as all rooms read and write it, in the few kilobytes that every page can fetch. Natively the
// tests hold it to a library's.
#pragma once

#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ziffer {

/// Objects and lists may stand this deep in one another: a hostile file must not exhaust the stack.
inline constexpr int kDeepestJson = 32;

/// A value: null, true or false, a number, a text, a list or an object, whose entries keep their
/// order.
class Json {
 public:
  struct Entry;

  Json() noexcept : Json(Kind::null) {}
  Json(bool value) : Json(Kind::boolean) { whole_ = value ? 1 : 0; }
  template <std::integral Whole>
  Json(Whole value) : Json(value < Whole{} ? Kind::negative : Kind::whole) {
    whole_ = static_cast<std::uint64_t>(value);
  }
  Json(double value) : Json(Kind::real) { real_ = value; }
  Json(const char* text);
  Json(std::string text);
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(Json) noexcept;
  ~Json();

  static Json list() { return Json(Kind::list); }
  static Json object() { return Json(Kind::object); }
  template <class T>
  static Json list(const std::vector<T>& values) {
    Json out = list();
    for (const T& value : values) out.push(value);
    return out;
  }
  /// What a text that is not JSON is read as.
  static Json discarded() { return Json(Kind::discarded); }

  bool is_discarded() const noexcept { return kind_ == Kind::discarded; }
  bool is_null() const noexcept { return kind_ == Kind::null; }
  bool is_boolean() const noexcept { return kind_ == Kind::boolean; }
  bool is_whole() const noexcept { return kind_ == Kind::whole || kind_ == Kind::negative; }
  bool is_number() const noexcept { return is_whole() || kind_ == Kind::real; }
  bool is_text() const noexcept { return kind_ == Kind::text; }
  bool is_text(std::string_view text) const noexcept { return is_text() && text_ == text; }
  bool is_list() const noexcept { return kind_ == Kind::list; }
  bool is_object() const noexcept { return kind_ == Kind::object; }

  // Each wants a value of its kind.
  bool boolean() const noexcept { return whole_ != 0; }
  double number() const noexcept;
  /// Of a whole number that fits.
  std::uint64_t whole() const noexcept { return whole_; }
  const std::string& text() const noexcept { return text_; }

  /// Of a list or an object; others have none. A list's have no keys.
  std::span<const Entry> entries() const noexcept;
  std::size_t size() const noexcept;
  const Json& operator[](std::size_t) const noexcept;
  void push(Json value);

  /// An object's value, or null where there is none, or no object.
  const Json& operator[](std::string_view key) const noexcept;
  /// Null where there is none.
  const Json* find(std::string_view key) const noexcept;
  /// In its place, where there is one, else at the end.
  Json& set(std::string_view key, Json value);
  void erase(std::string_view key);

  /// The text without blanks. Bytes that are not UTF-8 become U+FFFD, numbers that are not finite
  /// null.
  std::string dump(bool ascii = false) const;

  friend bool operator==(const Json&, const Json&) noexcept;

 private:
  enum class Kind : std::uint8_t {
    null,
    discarded,
    boolean,
    whole,     ///< at least 0
    negative,  ///< the same bits as a signed number
    real,
    text,
    list,
    object
  };
  explicit Json(Kind kind) noexcept;

  void write(std::string& out, bool ascii) const;

  Kind kind_;
  union {
    std::uint64_t whole_;
    double real_;
  };
  std::string text_;
  std::vector<Entry> entries_;
};

struct Json::Entry {
  std::string key;
  Json value;
};

/// Whether brackets that are not part of a string never stand deeper than that.
bool is_shallow_json(std::string_view text);

/// The value, or a discarded one where the text is not JSON or too deep. Of a key that comes twice
/// the last value counts.
Json parse_json(std::string_view text);

}  // namespace ziffer
