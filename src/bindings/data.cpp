// Data files and drawn digits.
#include "bindings/digit.hpp"
#include "bindings/exports.hpp"
#include "bindings/handles.hpp"
#include "data/idx.hpp"
#include "data/ink.hpp"

namespace ziffer::bindings {
namespace {

using emscripten::val;

val parse_images(const val& bytes, const std::string& name) {
  const std::vector<std::uint8_t> file = bytes_from(bytes);
  const data::IdxImages images = data::parse_idx_images(file, name);
  val out = val::object();
  out.set("count", images.count);
  out.set("height", images.height);
  out.set("width", images.width);
  out.set("channels", images.channels);
  out.set("pixels", to_array(images.pixels));
  return out;
}

val parse_labels(const val& bytes, const std::string& name) {
  const std::vector<std::uint8_t> file = bytes_from(bytes);
  return to_array(data::parse_idx_labels(file, name));
}

val normalize_strokes(const val& xyp, const val& lengths, const std::string& options) {
  const std::vector<float> numbers = floats_from(xyp);
  std::vector<data::Stroke> strokes;
  std::size_t next = 0;
  for (const std::uint32_t length : integers_from(lengths)) {
    if (length > (numbers.size() - next) / 3) {
      throw Error("invalid_argument", "strokes: fewer points than their lengths say.");
    }
    data::Stroke& stroke = strokes.emplace_back();
    for (std::uint32_t i = 0; i < length; ++i, next += 3) {
      stroke.push_back({numbers[next], numbers[next + 1], numbers[next + 2]});
    }
  }
  return digit_object(data::normalize_strokes(strokes, ink_options(options)));
}

}  // namespace

void bind_data() {
  export_function<&parse_images>("parseIdxImages");
  export_function<&parse_labels>("parseIdxLabels");
  export_function<&normalize_strokes>("normalizeStrokes");
}

}  // namespace ziffer::bindings
