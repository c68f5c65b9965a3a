// Some columns of a row-major matrix by themselves: a convolution's groups of channels.
#pragma once

#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// Columns `first` to before first + count of a matrix of `width` columns.
struct Columns {
  int width, first, count;
};

/// out [rows][count] = those columns of x [rows][width].
void take_columns(const Columns&, std::span<const float> x, std::span<float> out);
/// Writes x [rows][count] into those columns of out [rows][width].
void put_columns(const Columns&, std::span<const float> x, std::span<float> out);

using ColumnsFn = decltype(take_columns);

namespace scalar {
ColumnsFn take_columns, put_columns;
}  // namespace scalar

inline constexpr Variant<ColumnsFn> kTakeColumnsVariants[] = {{"scalar", &scalar::take_columns}};
inline constexpr Variant<ColumnsFn> kPutColumnsVariants[] = {{"scalar", &scalar::put_columns}};

}  // namespace ziffer::kernels
