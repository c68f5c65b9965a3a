#include "data/rules.hpp"

#include <algorithm>
#include <cmath>

namespace ziffer::data {
namespace {

constexpr double kSteepest = 0.1;  // rise of a rule by its run
constexpr double kCovered = 0.75;  // of a rule's length must be ink
constexpr int kThinnest = 40;      // a rule is thinner than this part of the longer side

/// Ink and what of it is rules, one byte a pixel, seen along x.
struct Mask {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> ink;
  std::vector<std::uint8_t> rule;
  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
  }
};

struct Run {
  int first = 0;
  int length = 0;
};

/// The column's ink through (x, y), or beside it by one pixel; at most `longest` and one more.
Run run_at(const Mask& mask, int x, int y, int longest) {
  for (const int start : {y, y - 1, y + 1}) {
    if (start < 0 || start >= mask.height || mask.ink[mask.index(x, start)] == 0) continue;
    int first = start;
    int end = start + 1;
    while (first > 0 && end - first <= longest && mask.ink[mask.index(x, first - 1)] != 0) --first;
    while (end < mask.height && end - first <= longest && mask.ink[mask.index(x, end)] != 0) ++end;
    return {.first = first, .length = end - first};
  }
  return {};
}

/// Marks the rule y = start + slope · x, wherever it is no thicker than a rule.
void mark_rule(Mask& mask, double slope, int start) {
  const int thickest = std::max(2, std::max(mask.width, mask.height) / kThinnest);
  std::vector<Run> runs(static_cast<std::size_t>(mask.width));
  std::vector<int> lengths;
  for (int x = 0; x < mask.width; ++x) {
    const Run run = run_at(mask, x, start + static_cast<int>(std::lround(slope * x)), thickest);
    runs[static_cast<std::size_t>(x)] = run;
    if (run.length > 0) lengths.push_back(run.length);
  }
  if (lengths.empty()) return;
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  if (*middle > thickest) return;
  const int limit = *middle + *middle / 2 + 1;
  for (int x = 0; x < mask.width; ++x) {
    const Run run = runs[static_cast<std::size_t>(x)];
    if (run.length > limit) continue;
    for (int y = run.first; y < run.first + run.length; ++y) mask.rule[mask.index(x, y)] = 1;
  }
}

/// Looks along all lines of one slope.
class Lines {
 public:
  Lines(const Mask& mask, double slope)
      : slope_(slope),
        margin_(static_cast<int>(std::ceil(kSteepest * mask.width)) + 1),
        covered_(static_cast<std::size_t>(mask.height + 2 * margin_)),
        inside_(covered_) {
    for (int x = 0; x < mask.width; ++x) {
      const int drop = static_cast<int>(std::lround(slope * x));
      for (int y = 0; y < mask.height; ++y) {
        const auto line = static_cast<std::size_t>(y - drop + margin_);
        ++inside_[line];
        covered_[line] += mask.ink[mask.index(x, y)];
      }
    }
  }

  /// Where those begin that are inked, and within the map for `least` pixels or more.
  std::vector<int> rules(int least) const {
    std::vector<int> starts;
    for (std::size_t i = 0; i < covered_.size(); ++i) {
      if (inside_[i] < least || covered_[i] < kCovered * inside_[i]) continue;
      starts.push_back(static_cast<int>(i) - margin_);
    }
    return starts;
  }

  double slope() const { return slope_; }

 private:
  double slope_;
  int margin_;
  std::vector<int> covered_, inside_;
};

/// Marks all rules that run along x: those that cross half of the map, and those of the same slopes
/// that only cut a corner off.
void mark_rules(Mask& mask) {
  // Between neighbouring slopes a line's end moves by two pixels.
  const int slopes = std::max(1, static_cast<int>(kSteepest * mask.width / 2));
  for (int step = -slopes; step <= slopes; ++step) {
    const Lines lines(mask, kSteepest * step / slopes);
    if (lines.rules(mask.width / 2).empty()) continue;
    for (const int start : lines.rules(mask.width / 40)) mark_rule(mask, lines.slope(), start);
  }
}

Mask transposed(const Mask& mask) {
  Mask turned{.width = mask.height, .height = mask.width, .ink = mask.ink, .rule = mask.rule};
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      turned.ink[turned.index(y, x)] = mask.ink[mask.index(x, y)];
      turned.rule[turned.index(y, x)] = mask.rule[mask.index(x, y)];
    }
  }
  return turned;
}

/// How many rules cross the middle column.
int count_rules(const Mask& mask) {
  int count = 0;
  bool before = false;
  for (int y = 0; y < mask.height; ++y) {
    const bool now = mask.rule[mask.index(mask.width / 2, y)] != 0;
    count += now && !before;
    before = now;
  }
  return count;
}

}  // namespace

void erase_rules(GrayMap& ink, float threshold) {
  Mask mask{.width = ink.width, .height = ink.height, .ink = {}, .rule = {}};
  for (const float value : ink.values) mask.ink.push_back(value > threshold);
  mask.rule.assign(mask.ink.size(), 0);
  mark_rules(mask);
  int rules = count_rules(mask);
  // Where rules cross each other, those along x are gone now.
  Mask turned = transposed(mask);
  for (std::size_t i = 0; i < turned.ink.size(); ++i) turned.ink[i] &= !turned.rule[i];
  turned.rule.assign(turned.ink.size(), 0);
  mark_rules(turned);
  rules += count_rules(turned);
  turned = transposed(turned);
  std::size_t all = 0;
  std::size_t left = 0;
  for (std::size_t i = 0; i < mask.ink.size(); ++i) {
    mask.rule[i] |= turned.rule[i];
    all += mask.ink[i];
    left += mask.ink[i] != 0 && mask.rule[i] == 0;
  }
  if (rules <= 1 && 10 * left < all) return;
  for (std::size_t i = 0; i < mask.rule.size(); ++i) {
    if (mask.rule[i] != 0) ink.values[i] = 0;
  }
}

}  // namespace ziffer::data
