// Files of pictures, from their bytes to the digit.
#include "data/picture.hpp"

#include "digit.hpp"

using namespace ziffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::exactly(data, size);
  fuzz::refuses_only_with({"picture_invalid", "picture_too_large", "picture_unsupported"}, [&] {
    const data::Picture picture = data::decode_picture(bytes);
    fuzz::law(picture.width > 0 && picture.height > 0, "a picture has an extent");
    fuzz::law(picture.gray.size() == std::size_t(picture.width) * std::size_t(picture.height),
              "a picture has a level for each pixel");
    fuzz::law(data::decode_picture(bytes).gray == picture.gray, "the same bytes, the same picture");
    // The search for ink is a target of its own; here it would take most of the time.
    if (picture.gray.size() <= 1 << 14) fuzz::is_a_digit(data::normalize_picture(picture));
  });
  return 0;
}
