#include "core/math.hpp"

#include <limits>

namespace ziffer {
namespace {

i32x4 bits(f32x4 x) {
  i32x4 r;
  std::memcpy(&r, &x, sizeof r);
  return r;
}

f32x4 from_bits(i32x4 x) {
  f32x4 r;
  std::memcpy(&r, &x, sizeof r);
  return r;
}

f32x4 to_float(i32x4 x) { return __builtin_convertvector(x, f32x4); }

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

/// sin(x + quarters · π/2).
float sine_ahead(float x, int quarters) {
  constexpr double kFurthest = 65536;
  if (!(x >= -kFurthest && x <= kFurthest)) return kNan;
  // π/2 in two parts: n times the first is exact.
  constexpr double kHalfPi = 1.57079632673412561417, kRest = 6.07710050650619224932e-11;
  const double scaled = static_cast<double>(x) * 0.63661977236758134308;
  const int n = static_cast<int>(scaled + (scaled < 0 ? -0.5 : 0.5));
  const double r = (static_cast<double>(x) - n * kHalfPi) - n * kRest;
  const double z = r * r;
  // Sums of r^k / k! with alternating signs, from the last term to the first.
  double sine = 1, cosine = 1;
  for (int k = 12; k >= 2; k -= 2) {
    cosine = 1 - cosine * z / (k * (k - 1));
    sine = 1 - sine * z / (k * (k + 1));
  }
  const int quarter = (n + quarters) & 3;
  const double y = quarter % 2 == 0 ? sine * r : cosine;
  return static_cast<float>(quarter < 2 ? y : -y);
}

}  // namespace

f32x4 exp(f32x4 x) {
  constexpr float kLow = -87.33654F, kHigh = 88.72283F;
  // Clamped (NaN becomes kLow here and is put back at the end), so that the conversion to int is
  // defined.
  const f32x4 c = min(max(x, splat(kLow)), splat(kHigh));
  const f32x4 scaled = c * 1.44269504F;
  // Round half away from zero: truncation after adding ±0.5. The reduction needs a near integer,
  // not a tie rule.
  const f32x4 half = select(scaled < 0.0F, splat(-0.5F), splat(0.5F));
  const i32x4 n = __builtin_convertvector(scaled + half, i32x4);
  const f32x4 fn = to_float(n);
  const f32x4 r = (c - fn * 0.693359375F) - fn * -2.12194440e-4F;
  f32x4 p = splat(1.9875691500e-4F);
  p = p * r + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = (p * (r * r) + r) + 1.0F;
  // 2^n in two halves: n reaches 128, one step beyond what a float's exponent holds.
  const i32x4 n1 = n >> 1, n2 = n - n1;
  f32x4 y = p * from_bits((n1 + 127) << 23) * from_bits((n2 + 127) << 23);
  y = select(x < kLow, splat(0.0F), y);
  y = select(x > kHigh, splat(kInf), y);
  return select(x == x, y, splat(kNan));
}

f32x4 log(f32x4 x) {
  const i32x4 b = bits(x);
  // Mantissa in [√½, √2).
  i32x4 e = ((b >> 23) & 0xff) - 126;
  f32x4 m = from_bits((b & 0x007fffff) | 0x3f000000);
  const i32x4 low = m < 0.707106781F;
  e = e + low;
  m = m + select(low, m, splat(0.0F)) - 1.0F;
  const f32x4 z = m * m;
  f32x4 p = splat(7.0376836292e-2F);
  p = p * m - 1.1514610310e-1F;
  p = p * m + 1.1676998740e-1F;
  p = p * m - 1.2420140846e-1F;
  p = p * m + 1.4249322787e-1F;
  p = p * m - 1.6668057665e-1F;
  p = p * m + 2.0000714765e-1F;
  p = p * m - 2.4999993993e-1F;
  p = p * m + 3.3333331174e-1F;
  const f32x4 fe = to_float(e);
  f32x4 y = m * z * p + fe * -2.12194440e-4F;
  y = y - 0.5F * z;
  y = (m + y) + fe * 0.693359375F;
  y = select(x == kInf, splat(kInf), y);
  y = select(x == 0.0F, splat(-kInf), y);
  return select(x >= 0.0F, y, splat(kNan));
}

f32x4 tanh(f32x4 x) {
  const f32x4 a = select(x < 0.0F, -x, x);
  const f32x4 far = 1.0F - 2.0F / (exp(a + a) + 1.0F);
  const f32x4 z = x * x;
  f32x4 p = splat(-5.70498872745e-3F);
  p = p * z + 2.06390887954e-2F;
  p = p * z - 5.37397155531e-2F;
  p = p * z + 1.33314422036e-1F;
  p = p * z - 3.33332819422e-1F;
  const f32x4 near = p * z * x + x;
  const f32x4 y = select(x < 0.0F, -far, far);
  return select(a < 0.625F, near, y);
}

f32x4 expm1(f32x4 x) {
  const f32x4 t = tanh(0.5F * x);
  // Above 1 the quotient's divisor loses digits, and e^x − 1 none.
  return select(x > 1.0F, exp(x) - 1.0F, (t + t) / (1.0F - t));
}

f32x4 erf(f32x4 x) {
  const f32x4 a = select(x < 0.0F, -x, x);
  const f32x4 t = 1.0F / (1.0F + 0.3275911F * a);
  f32x4 p = splat(1.061405429F);
  p = p * t - 1.453152027F;
  p = p * t + 1.421413741F;
  p = p * t - 0.284496736F;
  p = p * t + 0.254829592F;
  const f32x4 y = 1.0F - p * t * exp(-a * a);
  return select(x < 0.0F, -y, y);
}

float sin(float x) { return sine_ahead(x, 0); }
float cos(float x) { return sine_ahead(x, 1); }

f32x4 sigmoid(f32x4 x) { return 1.0F / (1.0F + exp(-x)); }

}  // namespace ziffer
