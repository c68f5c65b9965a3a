#include "kernels/columns.hpp"

#include <algorithm>

#include "core/index.hpp"

namespace ziffer::kernels {
namespace scalar {

void take_columns(const Columns& c, std::span<const float> x, std::span<float> out) {
  const std::size_t width = at(c.width), count = at(c.count);
  for (std::size_t row = 0; row < out.size() / count; ++row) {
    std::ranges::copy(x.subspan(row * width + at(c.first), count), &out[row * count]);
  }
}

void put_columns(const Columns& c, std::span<const float> x, std::span<float> out) {
  const std::size_t width = at(c.width), count = at(c.count);
  for (std::size_t row = 0; row < x.size() / count; ++row) {
    std::ranges::copy(x.subspan(row * count, count), &out[row * width + at(c.first)]);
  }
}

}  // namespace scalar

void take_columns(const Columns& c, std::span<const float> x, std::span<float> out) {
  scalar::take_columns(c, x, out);
}
void put_columns(const Columns& c, std::span<const float> x, std::span<float> out) {
  scalar::put_columns(c, x, out);
}

}  // namespace ziffer::kernels
