#include "kernels/activation.hpp"

#include <array>

#include "core/math.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels {
namespace {

// Each function is stated once, for a number or four of them: V is float or f32x4.

float choose(bool when, float a, float b) { return when ? a : b; }
f32x4 choose(i32x4 when, f32x4 a, f32x4 b) { return select(when, a, b); }
float max(float a, float b) { return b < a ? a : b; }
float min(float a, float b) { return a < b ? a : b; }
using ziffer::max;
using ziffer::min;

template <class V>
V all(float x) {
  return V{} + x;
}

struct Relu {
  static constexpr const char* name = "relu";
  static auto value(auto z) { return max(z, all<decltype(z)>(0.0F)); }
  static auto slope(auto y, auto dy) { return choose(y > 0.0F, dy, all<decltype(y)>(0.0F)); }
};

struct Sigmoid {
  static constexpr const char* name = "sigmoid";
  static auto value(auto z) { return sigmoid(z); }
  static auto slope(auto y, auto dy) { return dy * (y * (1.0F - y)); }
};

struct Tanh {
  static constexpr const char* name = "tanh";
  static auto value(auto z) { return tanh(z); }
  static auto slope(auto y, auto dy) { return dy * (1.0F - y * y); }
};

struct Elu {
  static constexpr const char* name = "elu";
  static auto value(auto z) { return choose(z > 0.0F, z, expm1(z)); }
  static auto slope(auto y, auto dy) { return choose(y > 0.0F, dy, dy * (y + 1.0F)); }
};

/// Klambauer et al., "Self-Normalizing Neural Networks" (2017).
struct Selu {
  static constexpr const char* name = "selu";
  static constexpr float kScale = 1.05070098735548049342F;
  static constexpr float kRise = 1.75809934084737685994F;  // kScale · 1.67326…
  static auto value(auto z) { return choose(z > 0.0F, z * kScale, expm1(z) * kRise); }
  static auto slope(auto y, auto dy) { return dy * choose(y > 0.0F, 0.0F * y + kScale, y + kRise); }
};

/// x · Φ(x) with the normal distribution itself, as Keras's default is.
struct Gelu {
  static constexpr const char* name = "gelu";
  static constexpr float kSqrtHalf = 0.70710678118654752440F;
  static constexpr float kPeak = 0.39894228040143267794F;  // 1/√(2π)
  static auto below(auto z) { return 0.5F * (1.0F + erf(z * kSqrtHalf)); }
  static auto value(auto z) { return z * below(z); }
  static auto slope(auto z, auto dy) { return dy * (below(z) + z * (kPeak * exp(-0.5F * z * z))); }
};

/// Also called swish.
struct Silu {
  static constexpr const char* name = "silu";
  static auto value(auto z) { return z * sigmoid(z); }
  static auto slope(auto z, auto dy) {
    const auto s = sigmoid(z);
    return dy * (s * (1.0F + z * (1.0F - s)));
  }
};

struct LeakyRelu {
  static constexpr const char* name = "leaky_relu";
  static constexpr float kSlope = 0.2F;  // Keras 3's default
  static auto value(auto z) { return choose(z > 0.0F, z, z * kSlope); }
  static auto slope(auto y, auto dy) { return choose(y > 0.0F, dy, dy * kSlope); }
};

struct Relu6 {
  static constexpr const char* name = "relu6";
  static auto value(auto z) { return min(max(z, all<decltype(z)>(0.0F)), all<decltype(z)>(6.0F)); }
  static auto slope(auto y, auto dy) {
    const auto none = all<decltype(y)>(0.0F);
    return choose(y > 0.0F, choose(y < 6.0F, dy, none), none);
  }
};

/// log(1 + e^z), written so that no e^z grows.
struct Softplus {
  static constexpr const char* name = "softplus";
  static auto value(auto z) {
    return max(z, all<decltype(z)>(0.0F)) + log(1.0F + exp(choose(z > 0.0F, -z, z)));
  }
  static auto slope(auto y, auto dy) { return dy * (1.0F - exp(-y)); }
};

struct Softsign {
  static constexpr const char* name = "softsign";
  static auto value(auto z) { return z / (1.0F + choose(z > 0.0F, z, -z)); }
  static auto slope(auto y, auto dy) {
    const auto rest = 1.0F - choose(y > 0.0F, y, -y);
    return dy * (rest * rest);
  }
};

/// Keras 3's: from 0 at −3 to 1 at 3. Keras 2's went from −2.5 to 2.5.
struct HardSigmoid {
  static constexpr const char* name = "hard_sigmoid";
  static constexpr float kSixth = 1.0F / 6.0F;
  static auto value(auto z) {
    const auto one = all<decltype(z)>(1.0F), none = all<decltype(z)>(0.0F);
    return min(max(z * kSixth + 0.5F, none), one);
  }
  static auto slope(auto y, auto dy) {
    const auto none = all<decltype(y)>(0.0F);
    return choose(y > 0.0F, choose(y < 1.0F, dy * kSixth, none), none);
  }
};

struct Exponential {
  static constexpr const char* name = "exponential";
  static auto value(auto z) { return exp(z); }
  static auto slope(auto y, auto dy) { return dy * y; }
};

template <class F>
constexpr bool kSlopeFromInput = false;
template <>
constexpr bool kSlopeFromInput<Gelu> = true;
template <>
constexpr bool kSlopeFromInput<Silu> = true;

template <class F>
constexpr Activation kVectors{
    F::name, [](std::span<float> y) { simd128::in_place(y, [](f32x4 z) { return F::value(z); }); },
    [](std::span<const float> a, std::span<float> dy) {
      simd128::combine(a, dy, [](f32x4 x, f32x4 d) { return F::slope(x, d); });
    },
    kSlopeFromInput<F>};

template <class F>
constexpr Activation kNumbers{F::name,
                              [](std::span<float> y) {
                                for (float& v : y) v = F::value(v);
                              },
                              [](std::span<const float> a, std::span<float> dy) {
                                for (std::size_t i = 0; i < a.size(); ++i)
                                  dy[i] = F::slope(a[i], dy[i]);
                              },
                              kSlopeFromInput<F>};

template <class... F>
struct List {
  static constexpr std::array<Activation, sizeof...(F)> vectors{kVectors<F>...};
  static constexpr std::array<Activation, sizeof...(F)> numbers{kNumbers<F>...};
};

using All = List<Relu, Sigmoid, Tanh, Elu, Selu, Gelu, Silu, LeakyRelu, Relu6, Softplus, Softsign,
                 HardSigmoid, Exponential>;

}  // namespace

std::span<const Activation> activations() { return All::vectors; }
std::span<const Activation> scalar_activations() { return All::numbers; }

}  // namespace ziffer::kernels
