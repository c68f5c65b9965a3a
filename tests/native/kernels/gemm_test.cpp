// The three products of kernels/gemm.hpp: the scalar reference against numbers worked out by hand,
// every variant against the scalar reference, bit for bit.
#include "kernels/gemm.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "core/rng.hpp"

using namespace ziffer;
using namespace ziffer::kernels;

namespace {

constexpr float kCanary = 12345.5F;
constexpr std::size_t kCanaries = 8;

std::vector<float> random_floats(Rng& rng, int a, int b) {
  std::vector<float> v(static_cast<std::size_t>(a) * static_cast<std::size_t>(b));
  for (float& x : v) x = rng.uniform(-1, 1);
  return v;
}

/// Of every five numbers about four are 0, as on paper and behind ReLU.
std::vector<float> mostly_zeros(Rng& rng, int a, int b) {
  std::vector<float> v = random_floats(rng, a, b);
  for (float& x : v)
    if (rng.uniform(0, 5) > 1) x = 0;
  return v;
}

/// Calls run(c, scratch) with a poisoned c and checks what stands behind the scratch.
template <class Run>
std::vector<float> result(const GemmShape& s, Run run) {
  std::vector<float> c(static_cast<std::size_t>(s.m) * static_cast<std::size_t>(s.n),
                       std::numeric_limits<float>::quiet_NaN());
  const std::size_t size = gemm_scratch(s);
  std::vector<float> scratch(size + kCanaries, kCanary);
  run(std::span<float>(c), std::span<float>(scratch).first(size));
  for (std::size_t i = size; i < scratch.size(); ++i) REQUIRE(scratch[i] == kCanary);
  return c;
}

/// Straddling the vector, the tiles (up to 8 rows, 12 columns), and the blocks (256 terms).
const GemmShape kShapes[] = {{1, 1, 1},
                             {2, 3, 4},
                             {3, 4, 5},
                             {4, 5, 3},
                             {5, 8, 9},
                             {6, 9, 1},
                             {7, 10, 8},
                             {8, 11, 17},
                             {9, 12, 16},
                             {11, 13, 2},
                             {25, 16, 7},
                             {16, 10, 33},
                             {1, 10, 300},
                             {17, 4, 31},
                             {23, 7, 64},
                             {13, 21, 15},
                             {40, 28, 10},
                             {5, 16, 0},
                             {25, 16, 1352},
                             {1352, 16, 25},
                             {16, 1600, 10},
                             {700, 10, 25},
                             // Few rows: the input gradient of a wide layer is computed transposed.
                             {4, 33, 70},
                             {5, 40, 41},
                             {3, 90, 90},
                             {17, 90, 300}};

}  // namespace

TEST_CASE("the scalar products equal what is worked out by hand") {
  // [1 2 3; 4 5 6] · [1 2; 3 4; 5 6] = [22 28; 49 64]
  const std::vector<float> a{1, 2, 3, 4, 5, 6}, at{1, 4, 2, 5, 3, 6};
  const std::vector<float> b{1, 2, 3, 4, 5, 6}, bt{1, 3, 5, 2, 4, 6};
  const std::vector<float> bias{10, 20};
  const GemmShape s{2, 2, 3};
  CHECK(result(s, [&](auto c, auto t) { scalar::gemm(s, a, b, {}, c, t); }) ==
        std::vector<float>{22, 28, 49, 64});
  CHECK(result(s, [&](auto c, auto t) { scalar::gemm(s, a, b, bias, c, t); }) ==
        std::vector<float>{32, 48, 59, 84});
  CHECK(result(s, [&](auto c, auto t) { scalar::gemm_at(s, at, b, c, t); }) ==
        std::vector<float>{22, 28, 49, 64});
  CHECK(result(s, [&](auto c, auto t) { scalar::gemm_bt(s, a, bt, c, t); }) ==
        std::vector<float>{22, 28, 49, 64});
}

TEST_CASE("every variant of a product equals the scalar reference to the last bit") {
  Rng rng(1);
  for (const GemmShape& s : kShapes) {
    CAPTURE(s.m);
    CAPTURE(s.n);
    CAPTURE(s.k);
    const auto a = random_floats(rng, s.m, s.k), b = random_floats(rng, s.k, s.n);
    const auto bias = random_floats(rng, 1, s.n);
    const auto plain = result(s, [&](auto c, auto t) { scalar::gemm(s, a, b, {}, c, t); });
    const auto biased = result(s, [&](auto c, auto t) { scalar::gemm(s, a, b, bias, c, t); });
    for (const auto& variant : kGemmVariants) {
      CAPTURE(std::string(variant.name));
      CHECK(result(s, [&](auto c, auto t) { variant.run(s, a, b, {}, c, t); }) == plain);
      CHECK(result(s, [&](auto c, auto t) { variant.run(s, a, b, bias, c, t); }) == biased);
    }
    const auto at = result(s, [&](auto c, auto t) { scalar::gemm_at(s, a, b, c, t); });
    for (const auto& variant : kGemmAtVariants) {
      CAPTURE(std::string(variant.name));
      CHECK(result(s, [&](auto c, auto t) { variant.run(s, a, b, c, t); }) == at);
    }
    const auto bt = result(s, [&](auto c, auto t) { scalar::gemm_bt(s, a, b, c, t); });
    for (const auto& variant : kGemmBtVariants) {
      CAPTURE(std::string(variant.name));
      CHECK(result(s, [&](auto c, auto t) { variant.run(s, a, b, c, t); }) == bt);
    }
    CHECK(result(s, [&](auto c, auto t) { gemm(s, a, b, bias, c, t); }) == biased);
    CHECK(result(s, [&](auto c, auto t) { gemm_at(s, a, b, c, t); }) == at);
    CHECK(result(s, [&](auto c, auto t) { gemm_bt(s, a, b, c, t); }) == bt);
  }
}

TEST_CASE("numbers that are left out because they are 0 change no bit of a product") {
  Rng rng(3);
  for (const GemmShape& s : {GemmShape{16, 512, 784},
                             {33, 16, 257},
                             {65, 17, 5},
                             {4, 25, 300},
                             {31, 47, 256},
                             {784, 24, 16},
                             {1, 128, 90}}) {
    CAPTURE(s.m);
    CAPTURE(s.n);
    CAPTURE(s.k);
    auto a = mostly_zeros(rng, s.m, s.k);
    const auto b = random_floats(rng, s.k, s.n), bias = random_floats(rng, 1, s.n);
    std::fill_n(a.begin(), std::min(s.m, s.k), 0.0F);  // a row or a column of nothing
    for (const auto& variant : kGemmVariants) {
      CHECK(result(s, [&](auto c, auto t) { variant.run(s, a, b, bias, c, t); }) ==
            result(s, [&](auto c, auto t) { scalar::gemm(s, a, b, bias, c, t); }));
    }
    for (const auto& variant : kGemmAtVariants) {
      CHECK(result(s, [&](auto c, auto t) { variant.run(s, a, b, c, t); }) ==
            result(s, [&](auto c, auto t) { scalar::gemm_at(s, a, b, c, t); }));
    }
    for (const auto& variant : kGemmBtVariants) {
      CHECK(result(s, [&](auto c, auto t) { variant.run(s, a, b, c, t); }) ==
            result(s, [&](auto c, auto t) { scalar::gemm_bt(s, a, b, c, t); }));
    }
  }
}

TEST_CASE("a row of the product does not depend on the rows around it") {
  Rng rng(2);
  for (const int n : {10, 16, 3}) {
    const GemmShape s{27, n, 300};
    const auto a = random_floats(rng, s.m, s.k), b = random_floats(rng, s.k, n);
    const auto bias = random_floats(rng, 1, n);
    for (const auto& variant : kGemmVariants) {
      CAPTURE(std::string(variant.name));
      const auto all = result(s, [&](auto c, auto t) { variant.run(s, a, b, bias, c, t); });
      for (int i = 0; i < s.m; ++i) {
        const GemmShape one{1, n, s.k};
        const auto row =
            std::span(a).subspan(static_cast<std::size_t>(i * s.k), static_cast<std::size_t>(s.k));
        const auto alone =
            result(one, [&](auto c, auto t) { variant.run(one, row, b, bias, c, t); });
        CHECK(std::equal(alone.begin(), alone.end(), all.begin() + i * n));
      }
    }
  }
}
