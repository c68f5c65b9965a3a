// A picture of a digit to the network's image: the digit's ink found, its edges made MNIST's, then
// fitted.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "data/components.hpp"
#include "data/fit.hpp"
#include "data/paper.hpp"
#include "data/rules.hpp"
#include "data/thicken.hpp"

namespace ziffer::data {
namespace {

// The longer side to which pictures are brought first: a digit an eighth as large still has detail.
constexpr int kLongest = 640;

float mix(float a, float b, float share) { return a + (b - a) * share; }

/// Ink values to levels. A coarse picture's gray edges tell where the stroke ends and are kept; a
/// fine one's are blur, and MNIST came from black and white scans, so there the edge is made steep.
/// `fineness` 0 … 1 leads from one to the other.
InkImage to_levels(const GrayMap& map, const InkLevels& levels, float fineness) {
  const float peak = levels.peak > 0.85F ? 1.0F : levels.peak;
  const float low = mix(levels.floor, std::max(levels.floor, 0.25F * peak), fineness);
  const float high = mix(peak, std::max(low + 0.01F, 0.75F * peak), fineness);
  InkImage ink{.width = map.width, .height = map.height, .levels = {}};
  ink.levels.reserve(map.values.size());
  for (const float value : map.values) {
    const float level = std::clamp((value - low) / (high - low), 0.0F, 1.0F);
    ink.levels.push_back(static_cast<std::uint8_t>(value > 0 ? level * 255 + 0.5F : 0));
  }
  return ink;
}

Box digit_box(const GrayMap& map) {
  InkImage mask{.width = map.width, .height = map.height, .levels = {}};
  for (const float value : map.values) mask.levels.push_back(value > 0 ? 1 : 0);
  return ink_box(mask, 1);
}

/// The box with a margin for showing and thickening, cut out; blank beyond the picture's edge.
InkImage crop(const InkImage& ink, const Box& box, int margin) {
  InkImage cut{
      .width = box.width() + 2 * margin, .height = box.height() + 2 * margin, .levels = {}};
  cut.levels.assign(static_cast<std::size_t>(cut.width) * static_cast<std::size_t>(cut.height), 0);
  for (int y = box.y0; y < box.y1; ++y) {
    const auto from = ink.levels.begin() + static_cast<std::ptrdiff_t>(y) * ink.width;
    std::copy(
        from + box.x0, from + box.x1,
        cut.levels.begin() + static_cast<std::ptrdiff_t>(y - box.y0 + margin) * cut.width + margin);
  }
  return cut;
}

/// A stroke's thickness from its area and the length of its outline: 2 · area / outline.
float stroke_thickness(const InkImage& ink) {
  double area = 0;
  double outline = 0;
  const auto level = [&](int x, int y) {
    return double(ink.levels[static_cast<std::size_t>(y) * static_cast<std::size_t>(ink.width) +
                             static_cast<std::size_t>(x)]);
  };
  for (int y = 1; y + 1 < ink.height; ++y) {
    for (int x = 1; x + 1 < ink.width; ++x) {
      const double dx = (level(x + 1, y) - level(x - 1, y)) / 2;
      const double dy = (level(x, y + 1) - level(x, y - 1)) / 2;
      area += level(x, y);
      outline += std::sqrt(dx * dx + dy * dy);
    }
  }
  return outline > 0 ? static_cast<float>(2 * area / outline) : 0;
}

Place place_among(const Others& others) {
  if (others.count == 0) return Place::kAlone;
  if (std::abs(others.x) >= std::abs(others.y)) {
    return others.x < 0 ? Place::kLeft : Place::kRight;
  }
  return others.y < 0 ? Place::kTop : Place::kBottom;
}

void check(const Picture& picture, const InkOptions& options) {
  if (!(options.min_stroke >= 0 && options.min_stroke <= 5)) {
    throw Error("ink_invalid", {"thinnest stroke: expected a number from 0 to 5, got ",
                                number_text(options.min_stroke), "."});
  }
  const bool sized = picture.width > 0 && picture.height > 0 &&
                     std::int64_t{picture.width} * picture.height <= kMaxPicturePixels;
  if (!sized || picture.gray.size() != static_cast<std::size_t>(picture.width) *
                                           static_cast<std::size_t>(picture.height)) {
    throw Error("picture_invalid",
                {"picture: its ", std::to_string(picture.gray.size()), " pixels are not ",
                 std::to_string(picture.width), "×", std::to_string(picture.height), "."});
  }
}

}  // namespace

Normalized normalize_picture(const Picture& picture, const InkOptions& options) {
  check(picture, options);
  Normalized normalized;
  GrayMap map = shrink(picture, kLongest);
  normalized.dark_on_light = is_dark_on_light(map);
  if (normalized.dark_on_light) {
    for (float& value : map.values) value = 1 - value;
  }
  if (map.longer_side() > kFine) map = box_mean(map, 1);
  Flattened flat = without_background(std::move(map));
  const InkLevels levels = find_levels(flat);
  map = std::move(flat.ink);
  if (levels.peak <= 0) return normalized;

  // A coarse picture without noise is a digit made ready; in it no piece is so small that it could
  // be told from dirt.
  if (levels.floor > 0 || map.longer_side() > kCoarse) {
    const float threshold = std::max(levels.floor, 0.3F * levels.peak);
    if (map.longer_side() > kFine) erase_rules(map, threshold);
    const Others others = keep_digit(map, find_components(map, threshold));
    normalized.others = others.count;
    normalized.place = place_among(others);
  }
  const Box rough = digit_box(map);
  const int longer_rough = std::max(rough.width(), rough.height());
  // In a fine picture, ink that is smaller than a fortieth of it is a speck.
  if (longer_rough == 0 || (map.longer_side() > kFine && 40 * longer_rough < map.longer_side())) {
    return normalized;
  }
  const auto side = static_cast<float>(longer_rough);
  const float fineness = std::clamp((side / kFitted - 1) / 2, 0.0F, 1.0F);

  const int margin = std::max(2, static_cast<int>(side) / kFitted * 2);
  InkImage ink = crop(to_levels(map, levels, fineness), rough, margin);
  const float thin = options.min_stroke * side / kFitted - stroke_thickness(ink);
  if (fineness >= 1 && thin > 0) ink = thicken(ink, thin / 2);
  normalized.ink = std::move(ink);
  normalized.box = ink_box(normalized.ink, 1 + static_cast<int>(fineness * 127));
  const int longer = std::max(normalized.box.width(), normalized.box.height());
  if (longer > 0) fit_and_centre(normalized, static_cast<float>(longer) / kFitted);
  return normalized;
}

}  // namespace ziffer::data
