// A picture of a digit to ink: which is paper and which is ink, the light taken out, specks and
// margins left out.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "data/components.hpp"
#include "data/fit.hpp"
#include "data/gray_map.hpp"

namespace ziffer::data {
namespace {

constexpr int kLongest =
    640;  // pictures are brought to this first; a digit an eighth as large still has detail
constexpr int kBackground = 64;  // the side at which the light is looked at
constexpr int kFine = 200;       // above it, a pixel is so small that noise can be smoothed away
constexpr int kCoarse = 32;  // up to this side, pictures are the size of the network's own image
constexpr double kPaperShare = 0.3;  // at least this much of any picture is paper
constexpr float kLeastInk = 0.05F;   // ink must differ from paper by this share of its brightness

int longer_side(const GrayMap& map) { return std::max(map.width, map.height); }

/// The least and the greatest value of the outermost pixels.
std::pair<float, float> border_range(const GrayMap& map) {
  std::vector<float> border;
  for (int x = 0; x < map.width; ++x) {
    border.push_back(map.at(x, 0));
    border.push_back(map.at(x, map.height - 1));
  }
  for (int y = 0; y < map.height; ++y) {
    border.push_back(map.at(0, y));
    border.push_back(map.at(map.width - 1, y));
  }
  const auto [low, high] = std::minmax_element(border.begin(), border.end());
  return {*low, *high};
}

/// An even border of a coarse picture is paper. In others paper and ink are told apart by what
/// stands out from its wide surroundings, rather dark or rather light: the sign of the third
/// moment. A photograph's border may be the table.
bool is_dark_on_light(const GrayMap& map) {
  const auto [low, high] = border_range(map);
  if (longer_side(map) <= kCoarse && high - low < 0.1F) {
    double sum = 0;
    for (const float value : map.values) sum += double{value} - double{low};
    return sum < 0;
  }
  const GrayMap small = shrink(map, kBackground);
  const GrayMap mean = box_mean(small, std::max(small.width, small.height) / 2);
  double third = 0;
  for (std::size_t i = 0; i < small.values.size(); ++i) {
    const double off = double{small.values[i]} - double{mean.values[i]};
    third += off * off * off;
  }
  return third < 0;
}

/// Subtracts from `map` the plane that fits it best (least squares; on a grid the two slopes are
/// independent) and returns that plane. Without its slope, light is near even, which the opening
/// needs at the picture's edges.
GrayMap take_plane(GrayMap& map) {
  const double middle_x = (map.width - 1) / 2.0;
  const double middle_y = (map.height - 1) / 2.0;
  double along_x = 0, along_y = 0, square_x = 0, square_y = 0;
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      const double value = map.at(x, y);
      along_x += value * (x - middle_x);
      along_y += value * (y - middle_y);
      square_x += (x - middle_x) * (x - middle_x);
      square_y += (y - middle_y) * (y - middle_y);
    }
  }
  const double slope_x = square_x > 0 ? along_x / square_x : 0;
  const double slope_y = square_y > 0 ? along_y / square_y : 0;
  GrayMap plane = map;
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      plane.at(x, y) = static_cast<float>(slope_x * (x - middle_x) + slope_y * (y - middle_y));
      map.at(x, y) -= plane.at(x, y);
    }
  }
  return plane;
}

/// The paper's own levels, from which ink stands out, at low resolution.
GrayMap paper_levels(GrayMap small) {
  const int longer = longer_side(small);
  // In a coarse picture a stroke may be a blot, and the light is even.
  if (longer <= kCoarse) return opening(small, longer);
  const GrayMap plane = take_plane(small);
  const int radius = longer * 35 / 200;  // squares of 35 % are wider than any pen's stroke
  GrayMap paper = box_mean(opening(small, radius), radius / 2);
  for (std::size_t i = 0; i < paper.values.size(); ++i) paper.values[i] += plane.values[i];
  return paper;
}

struct Flattened {
  GrayMap ink;  // 0 paper … 1 blackest, however it is lit
  float room =
      1;  // the brightness of the worst lit paper; noise there counts 1 / room times as much
};

/// How much lighter than its background each pixel is, as a share of the most that it could be.
/// With the picture turned to ink = light, this is 1 - ink's brightness / paper's brightness for
/// paper, however it is lit.
Flattened without_background(GrayMap map) {
  const GrayMap light = paper_levels(shrink(map, kBackground));
  const GrayMap background = enlarge(light, map.width, map.height);
  const auto room = [](float level) { return std::max(1.0F - level, 0.02F); };
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    map.values[i] =
        std::max(0.0F, map.values[i] - background.values[i]) / room(background.values[i]);
  }
  std::vector<float> levels = light.values;
  return {.ink = std::move(map), .room = room(quantile(levels, 0.9))};
}

struct Levels {
  float floor = 0;  // paper and its noise lie below
  float peak = 0;   // full ink
};

/// The noise is read from near pixels' differences, the ink from what stands clearly out of it.
Levels find_levels(const Flattened& flat) {
  const GrayMap& map = flat.ink;
  std::vector<float> values = map.values;
  const float paper = quantile(values, kPaperShare);
  std::vector<float> steps;
  const int near = longer_side(map) > kFine ? 3 : 1;  // smoothed neighbours share their noise
  for (int y = 0; y < map.height; ++y) {
    for (int x = near; x < map.width; ++x) {
      steps.push_back(std::abs(map.at(x, y) - map.at(x - near, y)));
    }
  }
  // For normal noise 0.3 of all differences of two values are below 0.545 standard deviations.
  const float noise = quantile(steps, kPaperShare) / 0.545F / flat.room;
  const float spread = std::max(5 * noise, kLeastInk);
  std::vector<float> ink;
  for (const float value : map.values) {
    if (value > paper + spread) ink.push_back(value);
  }
  Levels levels;
  levels.peak = quantile(ink, 0.9);
  levels.floor = noise > 0 ? paper + 3 * noise : paper;
  if (levels.peak < paper + 2 * spread - kLeastInk) levels.peak = 0;
  return levels;
}

float mix(float a, float b, float share) { return a + (b - a) * share; }

/// Ink values to levels. A coarse picture's gray edges tell where the stroke ends and are kept; a
/// fine one's are blur, and MNIST came from black and white scans, so there the edge is made steep.
/// `fineness` 0 … 1 leads from one to the other.
InkImage to_levels(const GrayMap& map, const Levels& levels, float fineness) {
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

/// Spreads ink to all sides by `radius` pixels, with an antialiased edge.
InkImage thicken(const InkImage& ink, float radius) {
  InkImage thick = ink;
  const int reach = static_cast<int>(std::ceil(radius)) + 1;
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) {
      const int own = ink.levels[static_cast<std::size_t>(y * ink.width + x)];
      if (own == 0) continue;
      for (int v = std::max(0, y - reach); v <= std::min(ink.height - 1, y + reach); ++v) {
        for (int u = std::max(0, x - reach); u <= std::min(ink.width - 1, x + reach); ++u) {
          const auto squared = static_cast<float>((u - x) * (u - x) + (v - y) * (v - y));
          const float share = std::clamp(radius + 1 - std::sqrt(squared), 0.0F, 1.0F);
          std::uint8_t& level = thick.levels[static_cast<std::size_t>(v * ink.width + u)];
          const float reached = share * static_cast<float>(own) + 0.5F;
          level = std::max(level, static_cast<std::uint8_t>(reached));
        }
      }
    }
  }
  return thick;
}

void check(const Picture& picture, const InkOptions& options) {
  if (!(options.min_stroke >= 0 && options.min_stroke <= 5)) {
    throw Error("ink_invalid", "thinnest stroke: expected a number from 0 to 5, got " +
                                   std::to_string(options.min_stroke) + ".");
  }
  const bool sized = picture.width > 0 && picture.height > 0 &&
                     std::int64_t{picture.width} * picture.height <= kMaxPicturePixels;
  if (!sized || picture.gray.size() != static_cast<std::size_t>(picture.width) *
                                           static_cast<std::size_t>(picture.height)) {
    throw Error("picture_invalid", "picture: its " + std::to_string(picture.gray.size()) +
                                       " pixels are not " + std::to_string(picture.width) + "×" +
                                       std::to_string(picture.height) + ".");
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
  if (longer_side(map) > kFine) map = box_mean(map, 1);
  Flattened flat = without_background(std::move(map));
  const Levels levels = find_levels(flat);
  map = std::move(flat.ink);
  if (levels.peak <= 0) return normalized;

  // A coarse picture without noise is a digit made ready; in it no piece is so small that it could
  // be told from dirt.
  if (levels.floor > 0 || longer_side(map) > kCoarse) {
    keep_digit(map, find_components(map, std::max(levels.floor, 0.3F * levels.peak)));
  }
  const Box rough = digit_box(map);
  const int longer_rough = std::max(rough.width(), rough.height());
  // In a fine picture, ink that is smaller than a fortieth of it is a speck.
  if (longer_rough == 0 || (longer_side(map) > kFine && 40 * longer_rough < longer_side(map))) {
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
