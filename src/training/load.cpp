#include "training/load.hpp"

#include "kernels/elementwise.hpp"

namespace ziffer::training {

void load(const Rows& rows, std::size_t first, std::size_t n, engine::Program& program) {
  const std::span<float> input = program.input(static_cast<int>(n));
  rows.fetch(first, n);
  for (std::size_t i = 0; i < n; ++i) {
    kernels::pixels_to_float(rows.image(first + i),
                             input.subspan(i * rows.image_size, rows.image_size));
  }
}

}  // namespace ziffer::training
