// The module that reads pictures of digits: apart from the other one, since decoders and the search
// for ink on paper weigh as much as all kernels together, and few visitors bring a picture. It is
// built without SIMD, so that one file serves every browser.
#include <emscripten/bind.h>

#include "bindings/convert.hpp"
#include "bindings/digit.hpp"
#include "data/picture.hpp"

namespace ziffer::bindings {
namespace {

emscripten::val normalize_picture(const emscripten::val& bytes, const std::string& options) {
  return guarded([&] {
    return digit_object(
        data::normalize_picture(data::decode_picture(bytes_from(bytes)), ink_options(options)));
  });
}

}  // namespace
}  // namespace ziffer::bindings

EMSCRIPTEN_BINDINGS(ziffer_picture) {
  emscripten::function("normalizePicture", &ziffer::bindings::normalize_picture);
}
