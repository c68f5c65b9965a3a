// One row of a kernel's table of implementations. Tests hold every row to the scalar one; the bench
// measures those of gemm and of conv_pool.
#pragma once

namespace ziffer::kernels {

template <class Function>
struct Variant {
  const char* name;
  Function* run;
};

}  // namespace ziffer::kernels
