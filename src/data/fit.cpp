#include "data/fit.hpp"

#include <algorithm>
#include <cmath>

namespace ziffer::data {
namespace {

/// How much each source pixel of one axis counts in one fitted pixel.
struct Window {
  int first = 0;
  std::vector<float> weights;  // sums to 1, or less where the window reaches beyond the box
};

/// Area averaging: a fitted pixel is the mean over the `scale` source pixels that it covers. Where
/// the source is coarser than the field the window stays one source pixel wide, which is linear
/// interpolation.
std::vector<Window> windows(int begin, int end, float scale, int count) {
  const float width = std::max(scale, 1.0F);
  std::vector<Window> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const float middle = (static_cast<float>(i) + 0.5F) * scale;
    const float low = static_cast<float>(begin) + middle - width / 2;
    const float high = low + width;
    Window& window = all[static_cast<std::size_t>(i)];
    window.first = std::max(begin, static_cast<int>(std::floor(low)));
    const int last = std::min(end, static_cast<int>(std::ceil(high)));
    for (int pixel = window.first; pixel < last; ++pixel) {
      const float from = std::max(low, static_cast<float>(pixel));
      const float to = std::min(high, static_cast<float>(pixel) + 1.0F);
      window.weights.push_back(std::max(0.0F, to - from) / width);
    }
  }
  return all;
}

/// Fitted pixels needed for `length` source pixels; a hundredth of a pixel does not open another.
int fitted_length(int length, float scale) {
  const float exact = static_cast<float>(length) / scale;
  return std::clamp(static_cast<int>(std::ceil(exact - 0.01F)), 1, kFitted);
}

InkImage resample(const InkImage& ink, const Box& box, float scale) {
  InkImage fitted;
  fitted.width = fitted_length(box.width(), scale);
  fitted.height = fitted_length(box.height(), scale);
  const std::vector<Window> columns = windows(box.x0, box.x1, scale, fitted.width);
  const std::vector<Window> rows = windows(box.y0, box.y1, scale, fitted.height);
  for (const Window& row : rows) {
    for (const Window& column : columns) {
      float sum = 0;
      for (std::size_t v = 0; v < row.weights.size(); ++v) {
        const std::size_t y = static_cast<std::size_t>(row.first) + v;
        const std::size_t start =
            y * static_cast<std::size_t>(ink.width) + static_cast<std::size_t>(column.first);
        float line = 0;
        for (std::size_t u = 0; u < column.weights.size(); ++u) {
          line += column.weights[u] * static_cast<float>(ink.levels[start + u]);
        }
        sum += row.weights[v] * line;
      }
      fitted.levels.push_back(static_cast<std::uint8_t>(std::min(sum + 0.5F, 255.0F)));
    }
  }
  return fitted;
}

/// Where `length` pixels must begin for their centre of mass to fall on the middle of pixel 14, to
/// the nearest whole pixel. In MNIST itself all centres lie in [14, 15) in these coordinates (pixel
/// 14 begins at 14). A symmetric drawing's centre can lie exactly on a pixel's edge, where rounding
/// must not decide: it counts as beyond it.
int placed(float centre, int length) {
  constexpr float kTie = 1e-3F;
  const int begin = kField / 2 - static_cast<int>(std::floor(centre + kTie));
  return std::clamp(begin, 0, kField - length);
}

}  // namespace

Box ink_box(const InkImage& ink, int threshold) {
  Box box{.x0 = ink.width, .y0 = ink.height, .x1 = 0, .y1 = 0};
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * static_cast<std::size_t>(ink.width) +
                             static_cast<std::size_t>(x);
      if (ink.levels[at] < threshold) continue;
      box = {.x0 = std::min(box.x0, x),
             .y0 = std::min(box.y0, y),
             .x1 = std::max(box.x1, x + 1),
             .y1 = std::max(box.y1, y + 1)};
    }
  }
  return box.x1 > 0 ? box : Box{};
}

void fit_and_centre(Normalized& normalized, float scale) {
  normalized.fitted = resample(normalized.ink, normalized.box, scale);
  const InkImage& fitted = normalized.fitted;
  std::int64_t mass = 0;
  std::int64_t moment_x = 0;
  std::int64_t moment_y = 0;
  for (int y = 0; y < fitted.height; ++y) {
    for (int x = 0; x < fitted.width; ++x) {
      const std::int64_t level = fitted.levels[static_cast<std::size_t>(y * fitted.width + x)];
      mass += level;
      moment_x += level * (2 * x + 1);
      moment_y += level * (2 * y + 1);
    }
  }
  normalized.image.fill(0);
  normalized.empty = mass == 0;
  if (normalized.empty) return;
  normalized.centre_x = static_cast<float>(moment_x) / static_cast<float>(2 * mass);
  normalized.centre_y = static_cast<float>(moment_y) / static_cast<float>(2 * mass);
  normalized.left = placed(normalized.centre_x, fitted.width);
  normalized.top = placed(normalized.centre_y, fitted.height);
  for (int y = 0; y < fitted.height; ++y) {
    const int to = (normalized.top + y) * kField + normalized.left;
    std::copy_n(fitted.levels.begin() + y * fitted.width, fitted.width,
                normalized.image.begin() + to);
  }
}

}  // namespace ziffer::data
