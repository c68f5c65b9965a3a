// UTF-8, character by character.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace ziffer {

/// What a text begins with; where that is no UTF-8, the bytes that one replacement stands for.
struct Utf8 {
  std::uint32_t code;
  std::size_t bytes;
  bool valid;
};

/// Of a text that is not empty.
Utf8 next_utf8(std::string_view text);

void append_utf8(std::string& out, std::uint32_t code);

}  // namespace ziffer
