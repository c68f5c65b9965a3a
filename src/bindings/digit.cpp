#include "bindings/digit.hpp"

#include "bindings/convert.hpp"
#include "config/json.hpp"

namespace ziffer::bindings {
namespace {

using emscripten::val;

val picture(const data::InkImage& image) {
  val out = val::object();
  out.set("width", image.width);
  out.set("height", image.height);
  out.set("pixels", to_array(std::span<const std::uint8_t>(image.levels)));
  return out;
}

const char* place_name(data::Place place) {
  switch (place) {
    case data::Place::kAlone:
      return "alone";
    case data::Place::kLeft:
      return "left";
    case data::Place::kRight:
      return "right";
    case data::Place::kTop:
      return "top";
    case data::Place::kBottom:
      return "bottom";
  }
  return "alone";
}

}  // namespace

data::InkOptions ink_options(const std::string& json) {
  data::InkOptions o;
  const Json object = parse_json(json);
  if (!object.is_object())
    throw Error("invalid_argument", "ink: expected its options as an object.");
  const auto read = [&](const char* key, float& value) {
    const Json& v = object[key];
    if (v.is_null()) return;
    if (!v.is_number()) throw Error("invalid_argument", {"ink: expected a number for ", key, "."});
    value = static_cast<float>(v.number());
  };
  read("pen_width", o.pen_width);
  read("dot_size", o.dot_size);
  read("min_stroke", o.min_stroke);
  return o;
}

val digit_object(const data::Normalized& n) {
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
  steps.set("others", n.others);
  steps.set("place", std::string(place_name(n.place)));
  val out = val::object();
  out.set("image", to_array(std::span<const std::uint8_t>(n.image)));
  out.set("empty", n.empty);
  out.set("steps", steps);
  return out;
}

}  // namespace ziffer::bindings
