#include "core/precise.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace ziffer {

double precise_exp(double x) {
  if (x > 709) return std::numeric_limits<double>::infinity();
  if (!(x > -709)) return std::isnan(x) ? x : 0;
  const double n = std::nearbyint(x / std::numbers::ln2);
  const double r = x - n * std::numbers::ln2;
  // Taylor's series: |r| ≤ ln 2 / 2, so 18 terms are more than a double holds.
  double sum = 1;
  for (int k = 18; k > 0; --k) sum = 1 + sum * r / k;
  return std::ldexp(sum, static_cast<int>(n));
}

double precise_log(double x) {
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < std::numbers::sqrt2 / 2) {
    m *= 2;
    --exponent;
  }
  // log m = 2 artanh((m - 1) / (m + 1))
  const double s = (m - 1) / (m + 1);
  double sum = 0;
  for (int k = 27; k > 0; k -= 2) sum = 1.0 / k + s * s * sum;
  return exponent * std::numbers::ln2 + 2 * s * sum;
}

double precise_power(double base, double exponent) {
  if (exponent == 0) return 1;
  return base > 0 ? precise_exp(exponent * precise_log(base)) : 0;
}

double precise_cos(double x) {
  // cos x = -sin(x - π/2), and the series of the sine is short there.
  const double r = x - std::numbers::pi / 2;
  double sum = 0;
  for (int k = 27; k > 0; k -= 2) sum = 1 - r * r / ((k + 1) * (k + 2)) * sum;
  return -r * sum;
}

}  // namespace ziffer
