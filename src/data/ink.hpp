// Ink, drawn or photographed, to the 28×28 image that the network knows: MNIST's own normalisation,
// with each of its steps kept for showing. docs/DRAWING.md tells the procedure and the measurements
// behind its numbers.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "data/picture.hpp"

namespace ziffer::data {

inline constexpr int kField = 28;   // side of the network's image
inline constexpr int kFitted = 20;  // the longer side of the ink within it

/// A pen position in any units, y downwards. `pressure` is a PointerEvent's: 0 unknown, 0.5 normal,
/// 1 strongest.
struct Point {
  float x = 0;
  float y = 0;
  float pressure = 0;
};
using Stroke = std::vector<Point>;

/// The most points, of all strokes together, that are taken.
inline constexpr int kMaxPoints = 50'000;

struct InkOptions {
  /// The pen's thickness in pixels of the fitted 20-pixel box, whatever the size of the drawing; in
  /// (0, 20). The default is the thickness of MNIST's own strokes.
  float pen_width = 2.4F;
  /// Strokes only: a drawing whose longer side is below this, in the points' units, is magnified as
  /// if it were this long. A pad should give about a fiftieth of its side, so that a tap with a
  /// trembling finger stays a dot; 0 magnifies all but exact dots.
  float dot_size = 0;
  /// Pictures only: thicken strokes that are thinner than this in the fitted box (a ballpoint
  /// pen's), 0 for never. The default is what 95 % of MNIST's digits exceed.
  float min_stroke = 1.8F;
};

/// Ink levels, row by row from the top: 0 paper to 255 full ink.
struct InkImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> levels;  // [height][width]
};

/// A rectangle of pixels, x1 and y1 not within it.
struct Box {
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int width() const { return x1 - x0; }
  int height() const { return y1 - y0; }
};

/// Where a digit stands that has others beside it.
enum class Place : std::uint8_t { kAlone, kLeft, kRight, kTop, kBottom };

/// The network's image and the steps that led to it: ink → box → fitted → centre → image.
struct Normalized {
  std::array<std::uint8_t, kField * kField> image{};  // [28][28], ink 255 on 0, as in MNIST
  InkImage ink;     // the ink as drawn, antialiased, or as found in the picture
  Box box;          // where in `ink` it stands
  InkImage fitted;  // that box with its longer side scaled to 20 pixels; at most 20×20
  float centre_x =
      0;  // centre of mass of `fitted`, in its pixels: 0.5 is the middle of the first one
  float centre_y = 0;
  int left = 0;  // `fitted` stands in `image` with its first pixel here: the centre of mass then
  int top = 0;   // falls on the pixel (14, 14), which is where MNIST has it
  bool dark_on_light = true;  // pictures: which polarity was seen
  int others = 0;  // pictures: pieces of ink beside it that may be digits too, and were not read
  Place place = Place::kAlone;  // pictures: where the digit stands among them
  bool empty = true;            // no ink: `image` is all zero, and there is nothing to predict
};

/// Strokes as round-capped polylines of a pen whose thickness is relative to the drawing.
/// Independent of position, size and of how densely a line is sampled. No strokes, or only empty
/// ones, give `empty`. Throws Error `ink_invalid` for a point that is not finite, an option out of
/// range, or more than kMaxPoints points.
Normalized normalize_strokes(std::span<const Stroke> strokes, const InkOptions& options = {});

/// A picture of one digit, light on dark or dark on light, evenly lit or not. Specks, and rules and
/// shadows at the margin, are ignored. Throws Error `ink_invalid` for an option out of range,
/// `picture_invalid` if the sizes do not fit the pixels.
Normalized normalize_picture(const Picture& picture, const InkOptions& options = {});

}  // namespace ziffer::data
