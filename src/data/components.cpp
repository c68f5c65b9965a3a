#include "data/components.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace ziffer::data {
namespace {

/// How much the map changes across (x, y).
float steepness(const GrayMap& map, int x, int y) {
  const int reach = std::max(1, map.longer_side() / 160);
  const auto at = [&](int u, int v) {
    return map.at(std::clamp(u, 0, map.width - 1), std::clamp(v, 0, map.height - 1));
  };
  return std::max(std::abs(at(x + reach, y) - at(x - reach, y)),
                  std::abs(at(x, y + reach) - at(x, y - reach)));
}

/// Marks every pixel of the piece at (x, y) with `label`, by a stack of its own: pieces can be
/// large.
Component flood(const GrayMap& map, float threshold, int x, int y, std::int32_t label,
                std::vector<std::int32_t>& labels) {
  Component piece{.box = {.x0 = x, .y0 = y, .x1 = x + 1, .y1 = y + 1}};
  std::vector<std::size_t> stack{map.index(x, y)};
  labels[map.index(x, y)] = label;
  while (!stack.empty()) {
    const int cx = static_cast<int>(stack.back() % static_cast<std::size_t>(map.width));
    const int cy = static_cast<int>(stack.back() / static_cast<std::size_t>(map.width));
    stack.pop_back();
    piece.mass += double{map.at(cx, cy)};
    piece.peak = std::max(piece.peak, map.at(cx, cy));
    piece.steepest = std::max(piece.steepest, steepness(map, cx, cy));
    piece.at_edge |= cx == 0 || cy == 0 || cx == map.width - 1 || cy == map.height - 1;
    piece.box = {.x0 = std::min(piece.box.x0, cx),
                 .y0 = std::min(piece.box.y0, cy),
                 .x1 = std::max(piece.box.x1, cx + 1),
                 .y1 = std::max(piece.box.y1, cy + 1)};
    for (int v = std::max(0, cy - 1); v <= std::min(map.height - 1, cy + 1); ++v) {
      for (int u = std::max(0, cx - 1); u <= std::min(map.width - 1, cx + 1); ++u) {
        const std::size_t next = map.index(u, v);
        if (labels[next] >= 0 || map.values[next] <= threshold) continue;
        labels[next] = label;
        stack.push_back(next);
      }
    }
  }
  return piece;
}

int gap(int low_a, int high_a, int low_b, int high_b) {
  return std::max({0, low_b - high_a, low_a - high_b});
}

bool is_ink(const Component& piece) { return piece.steepest >= 0.5F * piece.peak; }

/// The piece that most likely is the digit: the heaviest, where pieces at the edge count a tenth.
std::size_t main_piece(const std::vector<Component>& pieces) {
  const auto weight = [](const Component& p) {
    return !is_ink(p) ? 0 : p.at_edge ? p.mass / 10 : p.mass;
  };
  const auto heaviest = std::max_element(
      pieces.begin(), pieces.end(),
      [&](const Component& a, const Component& b) { return weight(a) < weight(b); });
  return static_cast<std::size_t>(heaviest - pieces.begin());
}

/// A five's flag and a four's second stroke stand apart from the rest: near, and no specks.
bool belongs(const Component& piece, const Component& digit) {
  if (!is_ink(piece) || (piece.at_edge && !digit.at_edge)) return false;
  const int side = std::max(digit.box.width(), digit.box.height());
  const int apart = std::max(gap(piece.box.x0, piece.box.x1, digit.box.x0, digit.box.x1),
                             gap(piece.box.y0, piece.box.y1, digit.box.y0, digit.box.y1));
  if (10 * apart <= side) return piece.mass >= 0.004 * digit.mass;
  return 3 * apart <= side && piece.mass >= 0.04 * digit.mass;
}

Others others_of(const std::vector<Component>& pieces, const Component& digit) {
  Others others;
  if (!is_ink(digit)) return others;
  for (const Component& piece : pieces) {
    const bool large = 2 * std::max(piece.box.width(), piece.box.height()) >=
                       std::max(digit.box.width(), digit.box.height());
    if (!large || !is_ink(piece) || piece.at_edge || belongs(piece, digit)) continue;
    if (piece.mass < 0.25 * digit.mass) continue;
    ++others.count;
    others.x += (digit.box.x0 + digit.box.x1 - piece.box.x0 - piece.box.x1) / 2.0;
    others.y += (digit.box.y0 + digit.box.y1 - piece.box.y0 - piece.box.y1) / 2.0;
  }
  return others;
}

}  // namespace

Components find_components(const GrayMap& map, float threshold) {
  Components found;
  found.labels.assign(map.values.size(), -1);
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      if (found.labels[map.index(x, y)] >= 0 || map.at(x, y) <= threshold) continue;
      const auto label = static_cast<std::int32_t>(found.pieces.size());
      found.pieces.push_back(flood(map, threshold, x, y, label, found.labels));
    }
  }
  return found;
}

Others keep_digit(GrayMap& map, const Components& components) {
  if (components.pieces.empty()) {
    std::fill(map.values.begin(), map.values.end(), 0.0F);
    return {};
  }
  const Component& digit = components.pieces[main_piece(components.pieces)];
  std::vector<bool> kept;
  for (const Component& piece : components.pieces) kept.push_back(belongs(piece, digit));
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    const std::int32_t label = components.labels[i];
    if (label < 0 || !kept[static_cast<std::size_t>(label)]) map.values[i] = 0;
  }
  return others_of(components.pieces, digit);
}

}  // namespace ziffer::data
