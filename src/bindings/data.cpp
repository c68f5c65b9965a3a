// Files and ink.
#include <emscripten/bind.h>

#include <nlohmann/json.hpp>

#include "bindings/convert.hpp"
#include "bindings/handles.hpp"
#include "data/idx.hpp"
#include "data/ink.hpp"
#include "data/picture.hpp"

namespace ziffer::bindings {
namespace {

using emscripten::val;

val parse_images(const val& bytes, const std::string& name) {
  return guarded([&] {
    const std::vector<std::uint8_t> file = bytes_from(bytes);
    const data::IdxImages images = data::parse_idx_images(file, name);
    val out = val::object();
    out.set("count", images.count);
    out.set("height", images.height);
    out.set("width", images.width);
    out.set("channels", images.channels);
    out.set("pixels", to_array(images.pixels));
    return out;
  });
}

val parse_labels(const val& bytes, const std::string& name) {
  return guarded([&] {
    const std::vector<std::uint8_t> file = bytes_from(bytes);
    return to_array(data::parse_idx_labels(file, name));
  });
}

data::InkOptions ink_options(const std::string& text) {
  data::InkOptions o;
  const auto object = nlohmann::ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!object.is_object())
    throw Error("invalid_argument", "ink: expected its options as an object.");
  const auto read = [&](const char* key, float& value) {
    const auto it = object.find(key);
    if (it == object.end() || it->is_null()) return;
    if (!it->is_number())
      throw Error("invalid_argument", std::string("ink: expected a number for ") + key + ".");
    value = it->get<float>();
  };
  read("pen_width", o.pen_width);
  read("dot_size", o.dot_size);
  read("min_stroke", o.min_stroke);
  return o;
}

val picture(const data::InkImage& image) {
  val out = val::object();
  out.set("width", image.width);
  out.set("height", image.height);
  out.set("pixels", to_array(std::span<const std::uint8_t>(image.levels)));
  return out;
}

val digit(const data::Normalized& n) {
  val box = val::object();
  box.set("x0", n.box.x0);
  box.set("y0", n.box.y0);
  box.set("x1", n.box.x1);
  box.set("y1", n.box.y1);
  val centered = val::object();
  centered.set("dx", n.left);
  centered.set("dy", n.top);
  centered.set("centre_x", n.centre_x);
  centered.set("centre_y", n.centre_y);
  val steps = val::object();
  steps.set("ink", picture(n.ink));
  steps.set("box", box);
  steps.set("fitted", picture(n.fitted));
  steps.set("centered", centered);
  val out = val::object();
  out.set("image", to_array(std::span<const std::uint8_t>(n.image)));
  out.set("empty", n.empty);
  out.set("steps", steps);
  return out;
}

val normalize_strokes(const val& xyp, const val& lengths, const std::string& options) {
  return guarded([&] {
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
    return digit(data::normalize_strokes(strokes, ink_options(options)));
  });
}

val normalize_picture(const val& bytes, const std::string& options) {
  return guarded([&] {
    return digit(
        data::normalize_picture(data::decode_picture(bytes_from(bytes)), ink_options(options)));
  });
}

}  // namespace

void bind_data() {
  emscripten::function("parseIdxImages", &parse_images);
  emscripten::function("parseIdxLabels", &parse_labels);
  emscripten::function("normalizeStrokes", &normalize_strokes);
  emscripten::function("normalizePicture", &normalize_picture);
}

}  // namespace ziffer::bindings
