#include "data/thicken.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ziffer::data {
namespace {

/// How much of its level ink gives to a pixel that is (x, y) away.
float share(int x, int y, float radius) {
  return std::clamp(radius + 1 - std::sqrt(static_cast<float>(x * x + y * y)), 0.0F, 1.0F);
}

/// The greatest level within `half` pixels of each, taken over into `to` where that has less. The
/// queue holds those places whose levels no later one exceeds.
void spread_row(const std::uint8_t* from, int width, int half, std::uint8_t* to,
                std::vector<int>& queue) {
  queue.clear();
  std::size_t first = 0;
  for (int x = 0; x < width + half; ++x) {
    if (x < width) {
      while (queue.size() > first && from[queue.back()] <= from[x]) queue.pop_back();
      queue.push_back(x);
    }
    const int at = x - half;
    if (at < 0) continue;
    while (queue[first] < at - half) ++first;
    to[at] = std::max(to[at], from[queue[first]]);
  }
}

struct Offset {
  int x, y;
  float share;
};

/// Where the spread ink fades.
std::vector<Offset> rim(float radius) {
  std::vector<Offset> offsets;
  const int reach = static_cast<int>(std::ceil(radius)) + 1;
  for (int y = -reach; y <= reach; ++y) {
    for (int x = -reach; x <= reach; ++x) {
      const float part = share(x, y, radius);
      if (part > 0 && part < 1) offsets.push_back({.x = x, .y = y, .share = part});
    }
  }
  return offsets;
}

}  // namespace

InkImage thicken(const InkImage& ink, float radius) {
  InkImage thick = ink;
  const auto row = [&](auto& image, int y) {
    return image.levels.data() + static_cast<std::ptrdiff_t>(y) * image.width;
  };
  std::vector<int> queue;
  for (int apart = 0; share(0, apart, radius) >= 1; ++apart) {
    int half = 0;
    while (share(half + 1, apart, radius) >= 1) ++half;
    for (int y = 0; y < ink.height; ++y) {
      for (const int v : {y - apart, y + apart}) {
        if (v >= 0 && v < ink.height) {
          spread_row(row(ink, y), ink.width, half, row(thick, v), queue);
        }
      }
    }
  }
  const std::vector<Offset> offsets = rim(radius);
  for (int y = 0; y < ink.height; ++y) {
    for (int x = 0; x < ink.width; ++x) {
      const auto own = static_cast<float>(row(ink, y)[x]);
      if (own == 0) continue;
      for (const Offset& offset : offsets) {
        const int u = x + offset.x;
        const int v = y + offset.y;
        if (u < 0 || v < 0 || u >= ink.width || v >= ink.height) continue;
        std::uint8_t& level = row(thick, v)[u];
        level = std::max(level, static_cast<std::uint8_t>(offset.share * own + 0.5F));
      }
    }
  }
  return thick;
}

}  // namespace ziffer::data
