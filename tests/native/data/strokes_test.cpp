#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <limits>

#include "core/error.hpp"
#include "core/rng.hpp"
#include "data/ink.hpp"

namespace ziffer::data {
namespace {

using Strokes = std::vector<Stroke>;

/// Up to three strokes of random corners: nothing that a digit would be, so that a law holds for
/// any drawing.
Strokes scribble(Rng& rng) {
  Strokes strokes(1 + rng.below(3));
  for (Stroke& stroke : strokes) {
    stroke.resize(2 + rng.below(5));
    for (Point& point : stroke) point = {rng.uniform(0, 100), rng.uniform(0, 160), 0};
  }
  return strokes;
}

Strokes moved(Strokes strokes, float scale, float dx, float dy) {
  for (Stroke& stroke : strokes) {
    for (Point& point : stroke) {
      point.x = scale * point.x + dx;
      point.y = scale * point.y + dy;
    }
  }
  return strokes;
}

template <typename Levels>
int largest_difference(const Levels& a, const Levels& b) {
  if (a.size() != b.size()) return 256;
  int largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    largest = std::max(largest, std::abs(int{a[i]} - int{b[i]}));
  }
  return largest;
}

/// Whether the centre of mass lies so near to a pixel's edge that one level more or less moves the
/// digit by a pixel, as translation by whole pixels must somewhere.
bool on_the_edge(const Normalized& normalized) {
  const auto near = [](float centre) {
    return std::abs(centre + 1e-3F - std::round(centre + 1e-3F)) < 2e-3F;
  };
  return near(normalized.centre_x) || near(normalized.centre_y);
}

/// Whether two drawings give the same image to one level.
bool alike(const Strokes& a, const Strokes& b) {
  const Normalized first = normalize_strokes(a);
  const Normalized second = normalize_strokes(b);
  if (largest_difference(first.fitted.levels, second.fitted.levels) > 1) return false;
  return on_the_edge(first) || largest_difference(first.image, second.image) <= 1;
}

double ink_of(const Normalized& normalized) {
  double sum = 0;
  for (const std::uint8_t level : normalized.image) sum += level;
  return sum / 255;
}

std::string code_of(const Strokes& strokes, const InkOptions& options = {}) {
  try {
    normalize_strokes(strokes, options);
  } catch (const Error& error) {
    return error.code();
  }
  return {};
}

TEST_CASE("the image does not depend on where and how large a digit is drawn") {
  Rng rng(1);
  for (int i = 0; i < 60; ++i) {
    const Strokes strokes = scribble(rng);
    for (const float scale : {0.01F, 0.37F, 1.0F, 40.0F}) {
      const float dx = rng.uniform(-100, 100) * scale;
      const float dy = rng.uniform(-100, 100) * scale;
      CHECK(alike(strokes, moved(strokes, scale, dx, dy)));
    }
  }
}

TEST_CASE("the image does not depend on how densely a line is sampled") {
  Rng rng(2);
  for (int i = 0; i < 60; ++i) {
    const Strokes strokes = scribble(rng);
    Strokes dense;
    for (const Stroke& stroke : strokes) {
      dense.emplace_back(1, stroke.front());
      for (std::size_t p = 1; p < stroke.size(); ++p) {
        const int parts = 1 + static_cast<int>(rng.below(300));
        for (int k = 1; k <= parts; ++k) {
          const float t = static_cast<float>(k) / static_cast<float>(parts);
          dense.back().push_back({stroke[p - 1].x + t * (stroke[p].x - stroke[p - 1].x),
                                  stroke[p - 1].y + t * (stroke[p].y - stroke[p - 1].y), 0});
        }
      }
    }
    CHECK(alike(strokes, dense));
  }
}

TEST_CASE("the image does not depend on the order of strokes nor on their direction") {
  Rng rng(3);
  for (int i = 0; i < 60; ++i) {
    const Strokes strokes = scribble(rng);
    Strokes reversed(strokes.rbegin(), strokes.rend());
    for (Stroke& stroke : reversed) stroke = Stroke(stroke.rbegin(), stroke.rend());
    CHECK(alike(strokes, reversed));
  }
}

TEST_CASE("the ink fits 20 pixels and its centre of mass falls on pixel 14") {
  Rng rng(4);
  for (int i = 0; i < 60; ++i) {
    const Normalized normalized = normalize_strokes(scribble(rng));
    CHECK(std::max(normalized.fitted.width, normalized.fitted.height) == 20);
    CHECK(std::max(normalized.box.width(), normalized.box.height()) == 160);
    double mass = 0;
    double mx = 0;
    double my = 0;
    for (int y = 0; y < 28; ++y) {
      for (int x = 0; x < 28; ++x) {
        const double level = normalized.image[static_cast<std::size_t>(28 * y + x)];
        mass += level;
        mx += level * (x + 0.5);
        my += level * (y + 0.5);
      }
    }
    CHECK(std::floor(mx / mass + 1e-3) == 14);
    CHECK(std::floor(my / mass + 1e-3) == 14);
    CHECK(mx / mass - normalized.left ==
          doctest::Approx(double{normalized.centre_x}).epsilon(1e-4));
    CHECK(my / mass - normalized.top == doctest::Approx(double{normalized.centre_y}).epsilon(1e-4));
  }
}

TEST_CASE("a line is as thick as the pen, whatever its length") {
  for (const float length : {1.0F, 50.0F, 1000.0F}) {
    for (const float pen : {1.0F, 2.4F, 5.0F}) {
      const Strokes line{{{0, 0, 0}, {0, length, 0}}};
      const Normalized normalized = normalize_strokes(line, {.pen_width = pen});
      double across = 0;
      for (int x = 0; x < normalized.fitted.width; ++x) {
        across +=
            normalized.fitted.levels[static_cast<std::size_t>(10 * normalized.fitted.width + x)];
      }
      CHECK(across / 255 == doctest::Approx(double{pen}).epsilon(0.02));
    }
  }
}

TEST_CASE("a capsule of known area has that area") {
  const Strokes slanted{{{0, 0, 0}, {30, 40, 0}}};
  // Longer side 20 = 40 z + 2.4, so the line is 50 z = 22 long.
  const double expected = 22 * 2.4 + 3.14159265 * 1.2 * 1.2;
  CHECK(ink_of(normalize_strokes(slanted)) == doctest::Approx(expected).epsilon(0.005));
}

TEST_CASE("a dot is a dot, not a blot") {
  const double disc = 3.14159265 * 1.2 * 1.2;
  const Strokes dot{{{7, 9, 0}}};
  const Strokes same_place{{{7, 9, 0}, {7, 9, 0}}, {{7, 9, 0}}};
  CHECK(ink_of(normalize_strokes(dot)) == doctest::Approx(disc).epsilon(0.02));
  CHECK(normalize_strokes(dot).image == normalize_strokes(same_place).image);
  const Strokes trembling{{{7, 9, 0}, {7.5F, 9, 0}}};
  CHECK(ink_of(normalize_strokes(trembling, {.dot_size = 20})) < 2 * disc);
  CHECK(ink_of(normalize_strokes(trembling)) > 4 * disc);
}

TEST_CASE("a stronger pressed pen draws thicker, an unknown pressure as a normal one") {
  const auto line = [](float pressure) { return Strokes{{{0, 0, pressure}, {10, 30, pressure}}}; };
  const double light = ink_of(normalize_strokes(line(0.2F)));
  const double normal = ink_of(normalize_strokes(line(0.5F)));
  const double strong = ink_of(normalize_strokes(line(1.0F)));
  CHECK(light < normal);
  CHECK(normal < strong);
  CHECK(normalize_strokes(line(0)).image == normalize_strokes(line(0.5F)).image);
  const Strokes swelling{{{0, 0, 0.1F}, {10, 30, 1}, {20, 0, 0.3F}}};
  const Normalized fitted = normalize_strokes(swelling);
  CHECK(std::max(fitted.box.width(), fitted.box.height()) == 160);
}

TEST_CASE("nothing drawn is empty and all zero") {
  for (const Strokes& strokes : {Strokes{}, Strokes{{}}, Strokes{{}, {}}}) {
    const Normalized normalized = normalize_strokes(strokes);
    CHECK(normalized.empty);
    CHECK(ink_of(normalized) == 0);
  }
}

TEST_CASE("points that are none are an error, wherever they stand") {
  constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInf = std::numeric_limits<float>::infinity();
  CHECK(code_of({{{0, 0, 0}, {1, kNan, 0}}}) == "ink_invalid");
  CHECK(code_of({{{0, 0, 0}}, {{-kInf, 0, 0}}}) == "ink_invalid");
  CHECK(code_of({{{0, 0, kNan}}}) == "ink_invalid");
  CHECK(code_of({{{0, 0, 0}}}, {.pen_width = kNan}) == "ink_invalid");
  CHECK(code_of({{{0, 0, 0}}}, {.pen_width = 0}) == "ink_invalid");
  CHECK(code_of({{{0, 0, 0}}}, {.dot_size = -1}) == "ink_invalid");
  CHECK(code_of({Stroke(kMaxPoints)}).empty());
  CHECK(code_of({Stroke(kMaxPoints), Stroke(1)}) == "ink_invalid");
}

TEST_CASE("the largest and smallest numbers are drawn like any others") {
  const Strokes cross{{{-1, -1, 0}, {1, 1, 0}}, {{-1, 1, 0}, {1, -1, 0}}};
  for (const float scale : {3e38F, 1e-30F, 1e-38F}) CHECK(alike(cross, moved(cross, scale, 0, 0)));
}

}  // namespace
}  // namespace ziffer::data
