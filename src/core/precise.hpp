// exp, log, powers and the cosine in double, of our own: the C library's differ in the last bit
// between platforms. For numbers that are needed once a step, not once a weight.
#pragma once

#include <cstdint>

namespace ziffer {

double precise_exp(double x);
/// Of positive numbers.
double precise_log(double x);
/// base^exponent for base ≥ 0; 0^0 is 1.
double precise_power(double base, double exponent);
/// For x in [0, π].
double precise_cos(double x);

}  // namespace ziffer
