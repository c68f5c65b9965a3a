// exp, log, tanh, sin and their like of our own: the C library's differ in the last bit between
// platforms, and one seed must give one run.
#pragma once

#include "core/simd.hpp"

namespace ziffer {

/// e^x lane by lane, relative error below 2 ulp; 0 below -87.3, +inf above 88.7, NaN for NaN.
/// Cephes' reduction (x = n·ln 2 + r, |r| ≤ ln 2 / 2) and its polynomial of degree 6.
f32x4 exp(f32x4 x);

/// Natural logarithm of positive normal numbers, relative error below 2 ulp; -inf for 0, NaN for
/// negative numbers and NaN.
f32x4 log(f32x4 x);

/// Hyperbolic tangent, absolute error below 3e-7: by exp where |x| ≥ 0.625, by an odd polynomial
/// nearer to 0.
f32x4 tanh(f32x4 x);

/// e^x − 1, absolute error below 3e-7, also near 0: by tanh(x/2).
f32x4 expm1(f32x4 x);

/// The error function, absolute error below 3e-7: Abramowitz and Stegun, 7.1.26.
f32x4 erf(f32x4 x);

/// 1 / (1 + e^-x) lane by lane.
f32x4 sigmoid(f32x4 x);

/// Sine and cosine of radians between -65536 and 65536, correctly rounded but for rare ties; NaN
/// beyond. In double: x = n·π/2 + r, |r| ≤ π/4, and Taylor's polynomials of r.
float sin(float x);
float cos(float x);

inline float exp(float x) { return exp(splat(x))[0]; }
inline float log(float x) { return log(splat(x))[0]; }
inline float tanh(float x) { return tanh(splat(x))[0]; }
inline float expm1(float x) { return expm1(splat(x))[0]; }
inline float erf(float x) { return erf(splat(x))[0]; }
inline float sigmoid(float x) { return sigmoid(splat(x))[0]; }

}  // namespace ziffer
