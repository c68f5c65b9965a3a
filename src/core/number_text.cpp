#include "core/number_text.hpp"

#include <array>
#include <charconv>

namespace ziffer {

std::string number_text(float x) {
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), x);
  return {text.data(), written.ptr};
}

}  // namespace ziffer
