#include "nn/terminal_text.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace ziffer::nn {
namespace {

struct Range {
  char32_t first, last;
};

/// Unicode's East Asian Width `W` and `F`, by whole blocks.
constexpr std::array kWide{
    Range{0x1100, 0x115f},   Range{0x2e80, 0x303e},   Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},   Range{0x4e00, 0x9fff},   Range{0xa000, 0xa4cf},
    Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},
    Range{0xff01, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f},
    Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff}, Range{0x20000, 0x3fffd}};
constexpr std::array kNothing{Range{0x00, 0x1f},     Range{0x7f, 0x9f},     Range{0x300, 0x36f},
                              Range{0x200b, 0x200f}, Range{0x20d0, 0x20f0}, Range{0xfe00, 0xfe0f}};

bool is_in(std::span<const Range> ranges, char32_t c) {
  return std::ranges::any_of(ranges, [c](Range r) { return c >= r.first && c <= r.last; });
}

/// Takes the first character off `text`. A byte that begins none counts as a character of its own.
std::string_view take_character(std::string_view& text) {
  const auto is_continuation = [](char b) {
    return (static_cast<unsigned char>(b) & 0xc0U) == 0x80U;
  };
  std::size_t n = 1;
  while (n < text.size() && n < 4 && is_continuation(text[n])) ++n;
  const std::string_view first = text.substr(0, n);
  text.remove_prefix(n);
  return first;
}

std::size_t cells_of_character(std::string_view c) {
  constexpr std::array<unsigned, 5> kLeadBits{0, 0x7f, 0x1f, 0x0f, 0x07};
  char32_t code = static_cast<unsigned char>(c[0]) & kLeadBits[c.size()];
  for (const char b : c.substr(1)) code = (code << 6) | (static_cast<unsigned char>(b) & 0x3fU);
  return is_in(kNothing, code) ? 0 : is_in(kWide, code) ? 2 : 1;
}

std::string_view without_trailing_blanks(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// The first word with the blanks around it; `text` loses it.
std::string_view take_word(std::string_view& text) {
  std::size_t n = 0;
  while (n < text.size() && text[n] == ' ') ++n;
  while (n < text.size() && text[n] != ' ') ++n;
  while (n < text.size() && text[n] == ' ') ++n;
  const std::string_view word = text.substr(0, n);
  text.remove_prefix(n);
  return word;
}

/// A line as it is, or its beginning and `…` where it is too wide.
std::string cut(std::string_view line, std::size_t width) {
  line = without_trailing_blanks(line);
  if (cells(line) <= width) return std::string(line);
  std::string out;
  std::size_t used = 0;
  for (;;) {
    const std::string_view c = take_character(line);
    const std::size_t n = cells_of_character(c);
    if (used + n > width - 1) break;
    out += c;
    used += n;
  }
  // Half of a wide character is a blank.
  if (used < width - 1) out += ' ';
  return out + "…";
}

}  // namespace

std::size_t cells(std::string_view text) {
  std::size_t n = 0;
  while (!text.empty()) n += cells_of_character(take_character(text));
  return n;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  std::string printable(text);
  std::ranges::replace_if(
      printable, [](char c) { return (c >= '\0' && c < ' ') || c == '\x7f'; }, ' ');
  std::string_view rest = printable;
  std::vector<std::string> lines;
  std::string line;
  while (!rest.empty()) {
    const std::string_view word = take_word(rest);
    if (!line.empty() && cells(line) + cells(without_trailing_blanks(word)) > width) {
      lines.push_back(cut(line, width));
      line.clear();
    }
    line += word;
  }
  lines.push_back(cut(line, width));
  return lines;
}

}  // namespace ziffer::nn
