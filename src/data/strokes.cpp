// Drawn strokes to ink: antialiased round-capped polylines, by each pixel's distance to the pen's
// path.
#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "data/fit.hpp"

namespace ziffer::data {
namespace {

constexpr int kFine = 8;                   // ink pixels to one fitted pixel
constexpr int kInkSide = kFitted * kFine;  // the longer side of the ink
constexpr int kMargin = kFine;             // white around it, for showing

/// A pen position in ink pixels, and the pen's radius there.
struct Pen {
  double x = 0;
  double y = 0;
  double radius = 0;
};
using Path = std::vector<Pen>;

struct Range {
  double low = 0;
  double high = 0;
  double length() const { return high - low; }
};

/// How strongly the pen is pressed: 1 where unknown or as a mouse reports it, up to 1.5.
double pressing(const Point& point) {
  return point.pressure > 0 ? 0.5 + std::min(1.0, double{point.pressure}) : 1.0;
}

void check(std::span<const Stroke> strokes, const InkOptions& options) {
  if (!(options.pen_width > 0 && options.pen_width < kFitted)) {
    throw Error("ink_invalid", {"pen width: expected a number between 0 and 20, got ",
                                number_text(options.pen_width), "."});
  }
  if (!(options.dot_size >= 0 && std::isfinite(options.dot_size))) {
    throw Error("ink_invalid", {"dot size: expected a number that is not negative, got ",
                                number_text(options.dot_size), "."});
  }
  std::size_t points = 0;
  for (const Stroke& stroke : strokes) points += stroke.size();
  if (points > kMaxPoints) {
    throw Error("ink_invalid",
                {"strokes: expected at most ", std::to_string(kMaxPoints), " points, got ",
                 std::to_string(points), ". Clear the pad or thin the points out."});
  }
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    for (std::size_t p = 0; p < strokes[s].size(); ++p) {
      const Point& point = strokes[s][p];
      if (std::isfinite(point.x) && std::isfinite(point.y) && std::isfinite(point.pressure))
        continue;
      throw Error("ink_invalid", {"stroke ", std::to_string(s), ", point ", std::to_string(p),
                                  ": expected finite numbers, got (", number_text(point.x), ", ",
                                  number_text(point.y), ", ", number_text(point.pressure), ")."});
    }
  }
}

/// From the first to the last edge of the ink on one axis, magnified by `zoom` and drawn with
/// `radius`.
Range extent(std::span<const Stroke> strokes, float Point::* axis, double zoom, double radius) {
  Range range{HUGE_VAL, -HUGE_VAL};
  for (const Stroke& stroke : strokes) {
    for (const Point& point : stroke) {
      const double middle = zoom * double{point.*axis};
      const double reach = radius * pressing(point);
      range.low = std::min(range.low, middle - reach);
      range.high = std::max(range.high, middle + reach);
    }
  }
  return range;
}

/// Ink pixels to one unit of the points, such that the ink's longer side, pen included, is
/// kInkSide. With even pressure the first guess is exact; otherwise the point that makes the edge
/// can change with the zoom.
double find_zoom(std::span<const Stroke> strokes, double radius, double dot_size) {
  const double path = std::max(extent(strokes, &Point::x, 1, 0).length(),
                               extent(strokes, &Point::y, 1, 0).length());
  const double length = std::max(path, dot_size);
  if (length <= 0) return 0;
  double zoom = (kInkSide - 2 * radius) / length;
  if (path < dot_size) return zoom;
  for (int round = 0; round < 8; ++round) {
    const double ink = std::max(extent(strokes, &Point::x, zoom, radius).length(),
                                extent(strokes, &Point::y, zoom, radius).length());
    zoom = std::max(0.0, zoom + (kInkSide - ink) / length);
  }
  return zoom;
}

double clamp01(double x) { return std::clamp(x, 0.0, 1.0); }

/// Darkens the pixels under the pen on its straight way from `a` to `b`; its radius changes evenly
/// on the way.
void draw_segment(InkImage& ink, const Pen& a, const Pen& b) {
  const double reach = std::max(a.radius, b.radius) + 1;
  const int x0 = std::max(0, static_cast<int>(std::floor(std::min(a.x, b.x) - reach)));
  const int x1 = std::min(ink.width, static_cast<int>(std::ceil(std::max(a.x, b.x) + reach)));
  const int y0 = std::max(0, static_cast<int>(std::floor(std::min(a.y, b.y) - reach)));
  const int y1 = std::min(ink.height, static_cast<int>(std::ceil(std::max(a.y, b.y) + reach)));
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double squared = dx * dx + dy * dy;
  const double inverse = squared > 0 ? 1 / squared : 0;
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      std::uint8_t& level = ink.levels[static_cast<std::size_t>(y * ink.width + x)];
      if (level == 255) continue;
      const double px = x + 0.5 - a.x;
      const double py = y + 0.5 - a.y;
      const double along = clamp01((px * dx + py * dy) * inverse);
      const double ex = px - along * dx;
      const double ey = py - along * dy;
      const double radius = a.radius + along * (b.radius - a.radius);
      const double covered = clamp01(radius + 0.5 - std::sqrt(ex * ex + ey * ey));
      level = std::max(level, static_cast<std::uint8_t>(covered * 255 + 0.5));
    }
  }
}

/// Draws a path; points nearer than a hundredth of an ink pixel to the last one add nothing and are
/// passed over.
void draw_path(InkImage& ink, const Path& path) {
  constexpr double kNear = 1e-4;
  Pen last = path.front();
  draw_segment(ink, last, last);
  for (const Pen& pen : path) {
    const double dx = pen.x - last.x;
    const double dy = pen.y - last.y;
    if (dx * dx + dy * dy < kNear && pen.radius <= last.radius) continue;
    draw_segment(ink, last, pen);
    last = pen;
  }
}

}  // namespace

Normalized normalize_strokes(std::span<const Stroke> strokes, const InkOptions& options) {
  check(strokes, options);
  Normalized normalized;
  const bool drawn = std::any_of(strokes.begin(), strokes.end(),
                                 [](const Stroke& stroke) { return !stroke.empty(); });
  if (!drawn) return normalized;

  const double radius = double{options.pen_width} * kFine / 2;
  const double zoom = find_zoom(strokes, radius, double{options.dot_size});
  const Range across = extent(strokes, &Point::x, zoom, radius);
  const Range down = extent(strokes, &Point::y, zoom, radius);
  // The ink begins on a whole pixel, left and top, so that the fitted pixels stand to it always
  // alike.
  const auto last = [](const Range& range) {
    const int length = static_cast<int>(std::ceil(range.length() - 0.01));
    return kMargin + std::clamp(length, 1, kInkSide);
  };
  normalized.box = {.x0 = kMargin, .y0 = kMargin, .x1 = last(across), .y1 = last(down)};
  InkImage& ink = normalized.ink;
  ink.width = normalized.box.x1 + kMargin;
  ink.height = normalized.box.y1 + kMargin;
  ink.levels.assign(static_cast<std::size_t>(ink.width * ink.height), 0);

  Path path;
  for (const Stroke& stroke : strokes) {
    path.clear();
    for (const Point& point : stroke) {
      path.push_back({.x = zoom * double{point.x} - across.low + kMargin,
                      .y = zoom * double{point.y} - down.low + kMargin,
                      .radius = radius * pressing(point)});
    }
    if (!path.empty()) draw_path(ink, path);
  }
  fit_and_centre(normalized, kFine);
  return normalized;
}

}  // namespace ziffer::data
