// Convolutions that read their patches in place: by hand, and every variant against the scalar
// reference and against im2col and gemm, bit for bit.
#include "kernels/conv.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>
#include <vector>

#include "core/index.hpp"
#include "core/rng.hpp"
#include "kernels/gemm.hpp"

using namespace ziffer;
using namespace ziffer::kernels;

namespace {

using Floats = std::vector<float>;

Floats random_floats(Rng& rng, int n) {
  Floats v(at(n));
  for (float& x : v) x = rng.uniform(-1, 1);
  return v;
}

struct Sizes {
  WindowShape window;
  int filters;

  int patch() const { return window.window_height * window.window_width * window.channels; }
  int places() const { return window.out_height * window.out_width; }
};

template <class Run>
Floats result(const Sizes& s, int size, Run run) {
  constexpr float kCanary = 12345.5F, kPoison = std::numeric_limits<float>::quiet_NaN();
  Floats out(at(size), kPoison), scratch(conv_scratch(s.window) + 8, kPoison);
  std::fill(scratch.end() - 8, scratch.end(), kCanary);
  run(std::span<float>(out), std::span<float>(scratch).first(scratch.size() - 8));
  for (std::size_t i = scratch.size() - 8; i < scratch.size(); ++i) REQUIRE(scratch[i] == kCanary);
  return out;
}

/// Around the vector and the tiles, with and without a border, strides beyond the window, runs
/// above and below a block of terms: height, width, channels, window, strides, top, left, outputs.
const Sizes kSizes[] = {
    {{28, 28, 1, 5, 5, 1, 1, 2, 2, 28, 28}, 6}, {{14, 14, 6, 5, 5, 1, 1, 0, 0, 10, 10}, 16},
    {{7, 9, 3, 3, 2, 2, 3, 0, 0, 3, 3}, 4},     {{6, 5, 2, 2, 2, 2, 2, 0, 0, 3, 3}, 5},
    {{8, 8, 5, 5, 5, 2, 2, 1, 1, 4, 4}, 9},     {{5, 4, 70, 4, 4, 1, 1, 1, 1, 5, 4}, 17},
    {{9, 1, 4, 3, 1, 1, 1, 0, 0, 7, 1}, 3},     {{1, 40, 2, 1, 7, 1, 1, 0, 3, 1, 40}, 8},
    {{7, 7, 2, 1, 1, 3, 3, 0, 0, 3, 3}, 12}};

}  // namespace

TEST_CASE("the scalar convolution and its weight gradient equal what is worked out by hand") {
  // One row 1 2 3, a window of two with stride 1 and a zero behind it, one filter (10, 1).
  const WindowShape s{1, 3, 1, 1, 2, 1, 1, 0, 0, 1, 3};
  const Floats x{1, 2, 3}, w{10, 1}, bias{0.5}, dy{1, 2, 3};
  Floats y(3), dw(2);
  scalar::conv(s, 1, x, w, bias, y, {});
  CHECK(y == Floats{12.5, 23.5, 30.5});
  scalar::conv_weight_gradient(s, 1, x, dy, dw, {});
  CHECK(dw == Floats{1 + 4 + 9, 2 + 6});
}

TEST_CASE("a convolution in place has the bits of the scalar one and of im2col and gemm") {
  Rng rng(1);
  for (const Sizes& s : kSizes) {
    CAPTURE(s.window.height);
    CAPTURE(s.window.width);
    CAPTURE(s.filters);
    const int outputs = s.places() * s.filters, weights = s.patch() * s.filters;
    const Floats x = random_floats(rng, s.window.height * s.window.width * s.window.channels);
    const Floats w = random_floats(rng, weights), bias = random_floats(rng, s.filters);
    const Floats dy = random_floats(rng, outputs);
    Floats patches(at(s.places() * s.patch()));
    im2col(s.window, x, patches);
    Floats y(at(outputs)), dw(at(weights)), plain(at(outputs));
    gemm({s.places(), s.filters, s.patch()}, patches, w, bias, y, {});
    gemm({s.places(), s.filters, s.patch()}, patches, w, {}, plain, {});
    gemm_at({s.patch(), s.filters, s.places()}, patches, dy, dw, {});
    for (const auto& v : kConvVariants) {
      CAPTURE(std::string(v.name));
      CHECK(result(s, outputs,
                   [&](auto out, auto t) { v.run(s.window, s.filters, x, w, bias, out, t); }) == y);
      CHECK(result(s, outputs, [&](auto out, auto t) {
              v.run(s.window, s.filters, x, w, {}, out, t);
            }) == plain);
    }
    for (const auto& v : kConvWeightGradientVariants) {
      CAPTURE(std::string(v.name));
      CHECK(result(s, weights,
                   [&](auto out, auto t) { v.run(s.window, s.filters, x, dy, out, t); }) == dw);
    }
  }
}
