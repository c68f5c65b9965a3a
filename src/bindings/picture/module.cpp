// The module that reads pictures of digits: apart from the other one, since decoders and the search
// for ink on paper weigh as much as all kernels together, and few visitors bring a picture. It is
// built without SIMD, so that one file serves every browser.
#include "bindings/digit.hpp"
#include "bindings/exports.hpp"
#include "data/picture.hpp"

namespace ziffer::bindings {
namespace {

emscripten::val normalize_picture(const emscripten::val& bytes, const std::string& options) {
  return digit_object(
      data::normalize_picture(data::decode_picture(bytes_from(bytes)), ink_options(options)));
}

}  // namespace
}  // namespace ziffer::bindings

EMSCRIPTEN_BINDINGS(ziffer_picture) {
  ziffer::bindings::export_function<&ziffer::bindings::normalize_picture>("normalizePicture");
}
