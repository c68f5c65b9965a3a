// Gray levels of any extent, without a file around them, to the digit: tiles of a few levels, so
// that few bytes make papers, rules, shadows and strokes.
#include "digit.hpp"

using namespace ziffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 5) return 0;
  data::Picture picture;
  const int tile = 1 + data[2] % 16;
  picture.width = 1 + data[0];
  picture.height = 1 + data[1];
  const std::span levels(data + 4, size - 4);
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const std::size_t place = std::size_t(y / tile) * 37 + std::size_t(x / tile);
      picture.gray.push_back(levels[place % levels.size()]);
    }
  }
  data::InkOptions options;
  options.min_stroke = static_cast<float>(data[3] % 8);
  fuzz::refuses_only_with({"ink_invalid"},
                          [&] { fuzz::is_a_digit(data::normalize_picture(picture, options)); });
  return 0;
}
