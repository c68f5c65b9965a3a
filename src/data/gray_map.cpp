#include "data/gray_map.hpp"

#include <algorithm>
#include <cmath>

namespace ziffer::data {
namespace {

std::size_t area(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

/// Averages blocks of `side` × `side` values; those at the right and lower edge may be smaller.
/// `scale` is applied last.
template <typename Value>
GrayMap block_mean(const Value* values, int width, int height, int side, float scale) {
  GrayMap small{
      .width = (width + side - 1) / side, .height = (height + side - 1) / side, .values = {}};
  small.values.reserve(area(small.width, small.height));
  std::vector<double> sums(static_cast<std::size_t>(small.width));
  for (int y0 = 0; y0 < height; y0 += side) {
    const int rows = std::min(side, height - y0);
    std::fill(sums.begin(), sums.end(), 0.0);
    for (int y = y0; y < y0 + rows; ++y) {
      const Value* row = values + area(width, y);
      for (int block = 0; block < small.width; ++block) {
        const int end = std::min(width, (block + 1) * side);
        // Sums of bytes are whole numbers and therefore exact in any order.
        double sum = 0;
        for (int x = block * side; x < end; ++x) sum += static_cast<double>(row[x]);
        sums[static_cast<std::size_t>(block)] += sum;
      }
    }
    for (int block = 0; block < small.width; ++block) {
      const int columns = std::min(side, width - block * side);
      const double mean = sums[static_cast<std::size_t>(block)] / (rows * columns);
      small.values.push_back(static_cast<float>(mean) * scale);
    }
  }
  return small;
}

int block_side(int width, int height, int longest) {
  return (std::max(width, height) + longest - 1) / longest;
}

GrayMap transposed(const GrayMap& map) {
  GrayMap turned{.width = map.height, .height = map.width, .values = {}};
  turned.values.resize(map.values.size());
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) turned.at(y, x) = map.at(x, y);
  }
  return turned;
}

/// The least (`sign` 1) or greatest (-1) value of each row's window.
GrayMap row_extreme(const GrayMap& map, int radius, float sign) {
  GrayMap result = map;
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      const int last = std::min(map.width - 1, x + radius);
      float least = sign * map.at(x, y);
      for (int u = std::max(0, x - radius); u <= last; ++u) {
        least = std::min(least, sign * map.at(u, y));
      }
      result.at(x, y) = sign * least;
    }
  }
  return result;
}

GrayMap extreme(const GrayMap& map, int radius, float sign) {
  return transposed(row_extreme(transposed(row_extreme(map, radius, sign)), radius, sign));
}

GrayMap row_mean(const GrayMap& map, int radius) {
  GrayMap result = map;
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      const int first = std::max(0, x - radius);
      const int last = std::min(map.width - 1, x + radius);
      double sum = 0;
      for (int u = first; u <= last; ++u) sum += double{map.at(u, y)};
      result.at(x, y) = static_cast<float>(sum / (last - first + 1));
    }
  }
  return result;
}

/// The two neighbours of a position on one axis and the share of the second.
struct Between {
  int first, second;
  float share;
};

Between between(int index, int from, int to) {
  const float exact =
      (static_cast<float>(index) + 0.5F) * static_cast<float>(to) / static_cast<float>(from) - 0.5F;
  const float low = std::clamp(exact, 0.0F, static_cast<float>(to - 1));
  const int first = static_cast<int>(low);
  return {first, std::min(first + 1, to - 1), low - static_cast<float>(first)};
}

}  // namespace

GrayMap shrink(const Picture& picture, int longest) {
  return block_mean(picture.gray.data(), picture.width, picture.height,
                    block_side(picture.width, picture.height, longest), 1.0F / 255);
}

GrayMap shrink(const GrayMap& map, int longest) {
  return block_mean(map.values.data(), map.width, map.height,
                    block_side(map.width, map.height, longest), 1.0F);
}

GrayMap opening(const GrayMap& map, int radius) {
  return extreme(extreme(map, radius, 1.0F), radius, -1.0F);
}

GrayMap box_mean(const GrayMap& map, int radius) {
  return transposed(row_mean(transposed(row_mean(map, radius)), radius));
}

GrayMap enlarge(const GrayMap& map, int width, int height) {
  GrayMap large{.width = width, .height = height, .values = {}};
  large.values.reserve(area(width, height));
  std::vector<Between> columns;
  for (int x = 0; x < width; ++x) columns.push_back(between(x, width, map.width));
  for (int y = 0; y < height; ++y) {
    const Between row = between(y, height, map.height);
    for (const Between& column : columns) {
      const float a = map.at(column.first, row.first);
      const float b = map.at(column.second, row.first);
      const float c = map.at(column.first, row.second);
      const float d = map.at(column.second, row.second);
      const float upper = a + (b - a) * column.share;
      const float lower = c + (d - c) * column.share;
      large.values.push_back(upper + (lower - upper) * row.share);
    }
  }
  return large;
}

float quantile(std::vector<float>& values, double part) {
  if (values.empty()) return 0;
  const auto rank = static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

}  // namespace ziffer::data
