// A few milliseconds at start that tell a broken SIMD engine (there have been some) from a sound
// one.
#include <cmath>

#include "bindings/handles.hpp"
#include "core/rng.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/gemm.hpp"

namespace ziffer::bindings {
namespace {

std::vector<float> noise(std::size_t n, std::uint64_t stream) {
  Rng rng(1, stream);
  std::vector<float> out(n);
  for (float& v : out) v = rng.uniform(-1, 1);
  return out;
}

bool alike(const std::vector<float>& a, const std::vector<float>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!(std::abs(a[i] - b[i]) <= 1e-4F)) return false;
  }
  return true;
}

bool products_agree() {
  constexpr kernels::GemmShape kShape{7, 10, 33};
  const std::vector<float> a = noise(7 * 33, 1), b = noise(33 * 10, 2), bias = noise(10, 3);
  std::vector<float> scratch(kernels::gemm_scratch(kShape));
  std::vector<float> x(70), y(70);
  kernels::scalar::gemm(kShape, a, b, bias, x, scratch);
  kernels::gemm(kShape, a, b, bias, y, scratch);
  return alike(x, y);
}

bool convolutions_agree() {
  constexpr kernels::ConvPoolShape kShape{11, 10, 3, 3, 3, 9};
  const std::vector<float> x = noise(kShape.input_size(), 4), w = noise(kShape.weight_size(), 5),
                           bias = noise(9, 6);
  std::vector<float> scratch(kernels::conv_relu_pool_scratch(kShape));
  std::vector<float> p(kShape.pooled_size()), q(kShape.pooled_size());
  kernels::scalar::conv_relu_pool(kShape, 1, x, w, bias, p, {}, scratch);
  kernels::conv_relu_pool(kShape, 1, x, w, bias, q, {}, scratch);
  return alike(p, q);
}

}  // namespace

bool self_test() { return products_agree() && convolutions_agree(); }

}  // namespace ziffer::bindings
