#include "data/paper.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ziffer::data {
namespace {

constexpr int kLightSide = 64;       // the longer side at which the light is looked at
constexpr double kPaperShare = 0.3;  // at least this much of any picture is paper
constexpr float kLeastInk = 0.05F;   // ink differs from paper by this share of its brightness

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
  const int longer = small.longer_side();
  // In a coarse picture a stroke may be a blot, and the light is even.
  if (longer <= kCoarse) return opening(small, longer);
  const int radius = longer * 12 / 100;  // squares of 23 % are wider than any pen's stroke
  GrayMap paper = opening(small, radius);
  const GrayMap plane = take_plane(small);
  const GrayMap level = opening(small, radius);
  for (std::size_t i = 0; i < paper.values.size(); ++i) {
    paper.values[i] = std::max(paper.values[i], level.values[i] + plane.values[i]);
  }
  return box_mean(paper, 1);
}

}  // namespace

bool is_dark_on_light(const GrayMap& map) {
  const auto [low, high] = border_range(map);
  if (map.longer_side() <= kCoarse && high - low < 0.1F) {
    double sum = 0;
    for (const float value : map.values) sum += double{value} - double{low};
    return sum < 0;
  }
  const GrayMap small = shrink(map, kLightSide);
  const GrayMap mean = box_mean(small, std::max(small.width, small.height) / 6);
  double third = 0;
  for (std::size_t i = 0; i < small.values.size(); ++i) {
    const double off = double{small.values[i]} - double{mean.values[i]};
    third += off * off * off;
  }
  return third < 0;
}

Flattened without_background(GrayMap map) {
  const GrayMap light = paper_levels(shrink(map, kLightSide));
  const GrayMap background = enlarge(light, map.width, map.height);
  const auto room = [](float level) { return std::max(1.0F - level, 0.02F); };
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    map.values[i] =
        std::max(0.0F, map.values[i] - background.values[i]) / room(background.values[i]);
  }
  std::vector<float> levels = light.values;
  return {.ink = std::move(map), .room = room(quantile(levels, 0.9))};
}

InkLevels find_levels(const Flattened& flat) {
  const GrayMap& map = flat.ink;
  std::vector<float> values = map.values;
  const float paper = quantile(values, kPaperShare);
  std::vector<float> steps;
  const int near = map.longer_side() > kFine ? 3 : 1;  // smoothed neighbours share their noise
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
  InkLevels levels;
  levels.peak = quantile(ink, 0.9);
  levels.floor = noise > 0 ? paper + 3 * noise : paper;
  if (levels.peak < paper + 2 * spread - kLeastInk) levels.peak = 0;
  return levels;
}

}  // namespace ziffer::data
