// Keras 3's optimisers as one pass over the flat arrays. All spans have the parameters' size.
// Each has a scalar reference; every other variant gives the same bits.
#pragma once

#include <span>

#include "kernels/variant.hpp"

namespace ziffer::kernels {

/// m += (1-β₁)(g-m); v += (1-β₂)(g²-v); w -= m·α / (√v + ε), where α = rate·√(1-β₂ᵗ)/(1-β₁ᵗ) is the
/// caller's.
struct AdamStep {
  float alpha, rest_1, rest_2, epsilon;  ///< rest_i = 1 - βᵢ, rounded from double
};
void adam(const AdamStep&, std::span<const float> gradient, std::span<float> weights,
          std::span<float> m, std::span<float> v);

/// Without momentum: w -= rate·g. With: m = μ·m - rate·g; w += m, or w += μ·m - rate·g with
/// Nesterov. `momentum` may be empty where μ is 0.
struct SgdStep {
  float learning_rate, momentum;
  bool nesterov;
};
void sgd(const SgdStep&, std::span<const float> gradient, std::span<float> weights,
         std::span<float> momentum);

/// v = ρ·v + (1-ρ)g²; d = rate·g / √(v [- a²] + ε) with a = ρ·a + (1-ρ)g when centred;
/// with momentum: m = μ·m + d; w -= m, else w -= d. `average`, `momentum` may be empty where
/// unused.
struct RmspropStep {
  float learning_rate, rho, rest, momentum, epsilon;  ///< rest = 1 - ρ, rounded from double
  bool centered;
};
void rmsprop(const RmspropStep&, std::span<const float> gradient, std::span<float> weights,
             std::span<float> velocity, std::span<float> average, std::span<float> momentum);

using AdamFn = decltype(adam);
using SgdFn = decltype(sgd);
using RmspropFn = decltype(rmsprop);

namespace scalar {
AdamFn adam;
SgdFn sgd;
RmspropFn rmsprop;
}  // namespace scalar

namespace simd128 {
AdamFn adam;
SgdFn sgd;
}  // namespace simd128

inline constexpr Variant<AdamFn> kAdamVariants[] = {{"scalar", &scalar::adam},
                                                    {"simd128", &simd128::adam}};
inline constexpr Variant<SgdFn> kSgdVariants[] = {{"scalar", &scalar::sgd},
                                                  {"simd128", &simd128::sgd}};
inline constexpr Variant<RmspropFn> kRmspropVariants[] = {{"scalar", &scalar::rmsprop}};

}  // namespace ziffer::kernels
