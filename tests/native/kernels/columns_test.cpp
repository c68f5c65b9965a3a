// Columns taken out of a matrix and put back, of every count around a vector's width.
#include "kernels/columns.hpp"

#include "checks.hpp"

using namespace ziffer;
using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

TEST_CASE("columns are taken as they stand and put where they stood, the others stay") {
  constexpr std::size_t kRows = 3;
  for (const int count : {1, 3, 4, 5, 8, 9}) {
    for (const int first : {0, 1, 4}) {
      const Columns c{first + count + 2, first, count};
      const auto width = static_cast<std::size_t>(c.width), n = static_cast<std::size_t>(count);
      const std::vector<float> x = random_floats(kRows * width, 1);
      each_variant(kTakeColumnsVariants, &take_columns, [&](ColumnsFn* take) {
        const std::vector<float> taken =
            result(poisoned(kRows * n), [&](std::span<float> y) { take(c, x, y); });
        for (std::size_t i = 0; i < taken.size(); ++i) {
          CHECK(taken[i] == x[i / n * width + static_cast<std::size_t>(first) + i % n]);
        }
        each_variant(kPutColumnsVariants, &put_columns, [&](ColumnsFn* put) {
          std::vector<float> around = x;
          for (std::size_t i = 0; i < kRows * n; ++i) {
            around[i / n * width + static_cast<std::size_t>(first) + i % n] = kNan;
          }
          CHECK(result(around, [&](std::span<float> y) { put(c, taken, y); }) == x);
        });
      });
    }
  }
}
