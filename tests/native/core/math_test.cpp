// exp, log, tanh and sigmoid against the C library in double, over dense grids: the bounds that
// math.hpp states.
#include "core/math.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <tuple>

using namespace ziffer;

namespace {

constexpr float kInf = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

using Function = f32x4(f32x4);

float at(Function* f, float x) { return f(splat(x))[0]; }

/// Distance in units in the last place of the true value, rounded to float.
double error_in_ulp(float got, double want) {
  const auto nearest = std::abs(static_cast<float>(want));
  const double ulp =
      static_cast<double>(std::nextafter(nearest, kInf)) - static_cast<double>(nearest);
  return std::abs(static_cast<double>(got) - want) / ulp;
}

/// The largest of error(x) over every float between low and high whose bits are `step` apart.
template <class Error>
double worst(float low, float high, std::uint32_t step, Error error) {
  double out = 0;
  for (auto b = std::bit_cast<std::uint32_t>(low); b < std::bit_cast<std::uint32_t>(high);
       b += step) {
    out = std::max(out, error(std::bit_cast<float>(b)));
  }
  return out;
}

double true_sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

TEST_CASE("exp is within 2 ulp wherever its result is a normal number") {
  const auto error = [](float x) {
    return error_in_ulp(ziffer::exp(x), std::exp(static_cast<double>(x)));
  };
  CHECK(worst(1e-10F, 88.72283F, 997, error) < 2);
  CHECK(worst(1e-10F, 87.33654F, 997, [&](float x) { return error(-x); }) < 2);
  CHECK(worst(0.3F, 0.4F, 1, error) < 2);  // around ln 2 / 2, where the reduction turns over
}

TEST_CASE("exp is 0 far below, infinite far above, exact at 0 and NaN for NaN") {
  CHECK(ziffer::exp(0.0F) == 1.0F);
  CHECK(ziffer::exp(-0.0F) == 1.0F);
  for (const float x : {-87.5F, -104.0F, -1e30F, -kInf}) CHECK(ziffer::exp(x) == 0.0F);
  for (const float x : {88.8F, 1e30F, kInf}) CHECK(ziffer::exp(x) == kInf);
  CHECK(ziffer::exp(-87.3F) > 0.0F);
  CHECK(ziffer::exp(88.7F) < kInf);
  CHECK(std::isnan(ziffer::exp(kNan)));
}

TEST_CASE("log is within 2 ulp for positive normal numbers") {
  const auto error = [](float x) {
    return error_in_ulp(ziffer::log(x), std::log(static_cast<double>(x)));
  };
  CHECK(worst(std::numeric_limits<float>::min(), std::numeric_limits<float>::max(), 1009, error) <
        2);
  CHECK(worst(0.99F, 1.01F, 1, error) < 2);  // where the result passes through 0
  CHECK(worst(0.70F, 0.72F, 1, error) < 2);  // around √½, where the mantissa's range turns over
}

TEST_CASE("log is -inf for 0, NaN for negative numbers and NaN, exact at 1 and infinity") {
  CHECK(ziffer::log(1.0F) == 0.0F);
  CHECK(ziffer::log(0.0F) == -kInf);
  CHECK(ziffer::log(-0.0F) == -kInf);
  CHECK(ziffer::log(kInf) == kInf);
  for (const float x : {-1e-30F, -1.0F, -kInf, kNan}) CHECK(std::isnan(ziffer::log(x)));
}

TEST_CASE("tanh is within 3e-7, odd, and ±1 far out") {
  const auto error = [](float x) {
    return std::abs(static_cast<double>(at(&ziffer::tanh, x)) - std::tanh(static_cast<double>(x)));
  };
  CHECK(worst(1e-10F, 100.0F, 997, error) < 3e-7);
  CHECK(worst(0.62F, 0.63F, 1, error) < 3e-7);  // where one formula takes over from the other
  for (const float x : {1e-6F, 0.1F, 0.624F, 0.626F, 3.0F, 50.0F}) {
    CHECK(at(&ziffer::tanh, -x) == -at(&ziffer::tanh, x));
  }
  for (const float x : {20.0F, 1e30F, kInf}) CHECK(at(&ziffer::tanh, x) == 1.0F);
  CHECK(at(&ziffer::tanh, 0.0F) == 0.0F);
  CHECK(std::isnan(at(&ziffer::tanh, kNan)));
}

TEST_CASE("sigmoid follows 1 / (1 + e^-x) on both sides and ends at 0 and 1") {
  const auto error = [](float x) {
    const double want = true_sigmoid(static_cast<double>(x));
    return std::abs(static_cast<double>(at(&ziffer::sigmoid, x)) / want - 1);
  };
  CHECK(worst(1e-6F, 87.0F, 997, error) < 4e-7);
  CHECK(worst(1e-6F, 87.0F, 997, [&](float x) { return error(-x); }) < 4e-7);
  CHECK(at(&ziffer::sigmoid, 0.0F) == 0.5F);
  for (const float x : {100.0F, kInf}) {
    CHECK(at(&ziffer::sigmoid, x) == 1.0F);
    CHECK(at(&ziffer::sigmoid, -x) == 0.0F);
  }
  CHECK(std::isnan(at(&ziffer::sigmoid, kNan)));
}

TEST_CASE("expm1 and erf are within 3e-7, and exact at the ends") {
  for (float x = -12; x <= 1; x += 0.0173F) {
    CAPTURE(x);
    const auto d = static_cast<double>(x);
    CHECK(std::abs(static_cast<double>(at(&ziffer::expm1, x)) - std::expm1(d)) < 6e-7);
    CHECK(std::abs(static_cast<double>(at(&ziffer::erf, x)) - std::erf(d)) < 3e-7);
  }
  CHECK(static_cast<double>(at(&ziffer::expm1, 1e-5F)) ==
        doctest::Approx(std::expm1(static_cast<double>(1e-5F))).epsilon(1e-6));
  CHECK(at(&ziffer::expm1, -kInf) == -1.0F);
  CHECK(at(&ziffer::expm1, kInf) == kInf);
  CHECK(std::isnan(at(&ziffer::expm1, kNan)));
  CHECK(at(&ziffer::erf, kInf) == 1.0F);
  CHECK(at(&ziffer::erf, -kInf) == -1.0F);
  CHECK(std::isnan(at(&ziffer::erf, kNan)));
}

TEST_CASE("a lane's result depends on that lane alone") {
  constexpr std::array<Function*, 6> kFunctions{&ziffer::exp,     &ziffer::log,   &ziffer::tanh,
                                                &ziffer::sigmoid, &ziffer::expm1, &ziffer::erf};
  constexpr std::array kValues{0.0F,  1.0F,   -1.0F, 0.3F,   -0.7F, 2.5F,
                               50.0F, -95.0F, 95.0F, 1e-20F, kInf,  kNan};
  for (Function* f : kFunctions) {
    for (std::size_t i = 0; i < kValues.size(); ++i) {
      const f32x4 x{kValues[i], kValues[(i + 3) % kValues.size()],
                    kValues[(i + 5) % kValues.size()], kValues[(i + 7) % kValues.size()]};
      const f32x4 y = f(x);
      for (int lane = 0; lane < kLanes; ++lane) {
        CHECK(std::bit_cast<std::uint32_t>(static_cast<float>(y[lane])) ==
              std::bit_cast<std::uint32_t>(at(f, x[lane])));
      }
    }
  }
}

TEST_CASE("the bits of exp, log, tanh and sigmoid never change") {
  constexpr std::array kValues{0.001F, 0.1F, 0.5F, 0.9F, 1.7F, 3.3F, 10.25F, 41.0F};
  std::uint32_t hash = 2166136261U;  // FNV-1a over the results' words
  constexpr std::array<Function*, 4> kFunctions{&ziffer::exp, &ziffer::log, &ziffer::tanh,
                                                &ziffer::sigmoid};
  for (Function* f : kFunctions) {
    for (const float x : kValues) {
      hash = (hash ^ std::bit_cast<std::uint32_t>(at(f, x))) * 16777619U;
    }
  }
  CHECK(hash == 2485554991U);
}

TEST_CASE("sine and cosine are within 1 ulp of the true value, also of many turns") {
  const auto sine = [](float x) {
    return error_in_ulp(ziffer::sin(x), std::sin(static_cast<double>(x)));
  };
  const auto cosine = [](float x) {
    return error_in_ulp(ziffer::cos(x), std::cos(static_cast<double>(x)));
  };
  for (const auto& [low, high, step] :
       {std::tuple{1e-10F, 7.0F, 911U}, {7.0F, 65536.0F, 4001U}, {0.78F, 0.79F, 1U}}) {
    CHECK(worst(low, high, step, sine) < 1);
    CHECK(worst(low, high, step, cosine) < 1);
    CHECK(worst(low, high, step, [&](float x) { return sine(-x); }) < 1);
    CHECK(worst(low, high, step, [&](float x) { return cosine(-x); }) < 1);
  }
}

TEST_CASE("sine and cosine are exact at 0, odd and even, and NaN beyond their range") {
  CHECK(ziffer::sin(0.0F) == 0.0F);
  CHECK(ziffer::cos(0.0F) == 1.0F);
  for (const float x : {0.3F, 1.6F, 3.2F, 5.0F, 100.0F}) {
    CHECK(ziffer::sin(-x) == -ziffer::sin(x));
    CHECK(ziffer::cos(-x) == ziffer::cos(x));
  }
  for (const float x : {65537.0F, -1e30F, kInf, kNan}) {
    CHECK(std::isnan(ziffer::sin(x)));
    CHECK(std::isnan(ziffer::cos(x)));
  }
}
