#include "config/utf8.hpp"

namespace ziffer {

Utf8 next_utf8(std::string_view text) {
  const auto byte = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1, true};
  const std::size_t more = first < 0xc2   ? 0
                           : first < 0xe0 ? 1
                           : first < 0xf0 ? 2
                           : first < 0xf5 ? 3
                                          : 0;
  std::uint32_t code = first & (0x3fU >> more);
  for (std::size_t i = 1; i <= more; ++i) {
    // Neither what fits into fewer bytes, nor half of a pair, nor beyond the last character.
    const std::uint32_t low = i > 1 ? 0x80U : first == 0xe0 ? 0xa0U : first == 0xf0 ? 0x90U : 0x80U;
    const std::uint32_t high = i > 1           ? 0xbfU
                               : first == 0xed ? 0x9fU
                               : first == 0xf4 ? 0x8fU
                                               : 0xbfU;
    if (i >= text.size() || byte(i) < low || byte(i) > high) return {0, i, false};
    code = code << 6U | (byte(i) & 0x3fU);
  }
  return {code, more + 1, more > 0};
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto add = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto rest = [&add, code](unsigned shift) { add(0x80U | (code >> shift & 0x3fU)); };
  if (code < 0x80) return add(code);
  if (code < 0x800) {
    add(0xc0U | code >> 6U);
  } else {
    if (code < 0x10000) {
      add(0xe0U | code >> 12U);
    } else {
      add(0xf0U | code >> 18U);
      rest(12);
    }
    rest(6);
  }
  rest(0);
}

}  // namespace ziffer
