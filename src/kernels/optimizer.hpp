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

/// g₂ = ρ·g₂ + (1-ρ)g²; d = √(d₂ + ε)·g / √(g₂ + ε); d₂ = ρ·d₂ + (1-ρ)d²; w -= rate·d.
struct AdadeltaStep {
  float learning_rate, rho, rest, epsilon;  ///< rest = 1 - ρ, rounded from double
};
void adadelta(const AdadeltaStep&, std::span<const float> gradient, std::span<float> weights,
              std::span<float> gradients, std::span<float> moves);

/// a += g²; w -= rate·g / √(a + ε).
struct AdagradStep {
  float learning_rate, epsilon;
};
void adagrad(const AdagradStep&, std::span<const float> gradient, std::span<float> weights,
             std::span<float> accumulator);

/// m += (1-β₁)(g-m); u = max(β₂·u, |g|); w -= rate·m / ((1-β₁ᵗ)(u + ε)).
struct AdamaxStep {
  float learning_rate, rest_1, beta_2, correction, epsilon;  ///< correction = 1 - β₁ᵗ
};
void adamax(const AdamaxStep&, std::span<const float> gradient, std::span<float> weights,
            std::span<float> m, std::span<float> u);

/// Adam's m and v; w -= (m·ahead + g·now)·rate / (√(v / correction) + ε).
struct NadamStep {
  float learning_rate, rest_1, rest_2, ahead, now, correction, epsilon;
};
void nadam(const NadamStep&, std::span<const float> gradient, std::span<float> weights,
           std::span<float> m, std::span<float> v);

/// w -= rate·sign(β₁·m + (1-β₁)g); m = β₂·m + (1-β₂)g.
struct LionStep {
  float learning_rate, beta_1, rest_1, beta_2, rest_2;
};
void lion(const LionStep&, std::span<const float> gradient, std::span<float> weights,
          std::span<float> m);

using AdamFn = decltype(adam);
using SgdFn = decltype(sgd);
using RmspropFn = decltype(rmsprop);
using AdadeltaFn = decltype(adadelta);
using AdagradFn = decltype(adagrad);
using AdamaxFn = decltype(adamax);
using NadamFn = decltype(nadam);
using LionFn = decltype(lion);

namespace scalar {
AdamFn adam;
SgdFn sgd;
RmspropFn rmsprop;
AdadeltaFn adadelta;
AdagradFn adagrad;
AdamaxFn adamax;
NadamFn nadam;
LionFn lion;
}  // namespace scalar

namespace simd128 {
AdamFn adam;
SgdFn sgd;
AdadeltaFn adadelta;
AdagradFn adagrad;
AdamaxFn adamax;
NadamFn nadam;
LionFn lion;
}  // namespace simd128

inline constexpr Variant<AdamFn> kAdamVariants[] = {{"scalar", &scalar::adam},
                                                    {"simd128", &simd128::adam}};
inline constexpr Variant<SgdFn> kSgdVariants[] = {{"scalar", &scalar::sgd},
                                                  {"simd128", &simd128::sgd}};
inline constexpr Variant<RmspropFn> kRmspropVariants[] = {{"scalar", &scalar::rmsprop}};
inline constexpr Variant<AdadeltaFn> kAdadeltaVariants[] = {{"scalar", &scalar::adadelta},
                                                            {"simd128", &simd128::adadelta}};
inline constexpr Variant<AdagradFn> kAdagradVariants[] = {{"scalar", &scalar::adagrad},
                                                          {"simd128", &simd128::adagrad}};
inline constexpr Variant<AdamaxFn> kAdamaxVariants[] = {{"scalar", &scalar::adamax},
                                                        {"simd128", &simd128::adamax}};
inline constexpr Variant<NadamFn> kNadamVariants[] = {{"scalar", &scalar::nadam},
                                                      {"simd128", &simd128::nadam}};
inline constexpr Variant<LionFn> kLionVariants[] = {{"scalar", &scalar::lion},
                                                    {"simd128", &simd128::lion}};

}  // namespace ziffer::kernels
