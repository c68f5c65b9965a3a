// Convolutions of each channel by itself against plain loops over the definition in double.
#include "kernels/depthwise.hpp"

#include <cmath>
#include <functional>

#include "checks.hpp"

using namespace ziffer;
using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

/// Channels around a vector's width, with one window each and several; strides, dilations, edges.
std::vector<DepthwiseShape> shapes() {
  std::vector<DepthwiseShape> out;
  for (const int c : {1, 3, 4, 5, 8, 9}) {
    for (const int m : {1, 2, 4}) {
      out.push_back({{6, 5, c, 3, 2, 1, 1, 0, 0, 4, 4}, m});
      out.push_back({{6, 7, c, 3, 3, 2, 1, 1, 1, 3, 7}, m});
      out.push_back({{5, 8, c, 2, 3, 1, 1, 1, 2, 5, 8, 2, 2}, m});
      out.push_back({{2, 2, c, 5, 4, 1, 1, 4, 3, 2, 2, 2, 1}, m});
    }
  }
  return out;
}

std::size_t inputs(const DepthwiseShape& s) {
  return at(s.window.height * s.window.width * s.window.channels);
}
std::size_t outputs(const DepthwiseShape& s) {
  return at(s.window.out_height * s.window.out_width * s.outputs());
}
std::size_t weights(const DepthwiseShape& s) {
  return at(s.window.window_height * s.window.window_width * s.outputs());
}

/// Calls f(input, weight, output) for every product that there is.
void each_product(const DepthwiseShape& s,
                  const std::function<void(std::size_t, std::size_t, std::size_t)>& f) {
  const WindowShape& w = s.window;
  for (int o = 0; o < w.out_height * w.out_width; ++o) {
    for (int tap = 0; tap < w.window_height * w.window_width; ++tap) {
      const int y = o / w.out_width * w.stride_y - w.top + tap / w.window_width * w.dilation_y;
      const int x = o % w.out_width * w.stride_x - w.left + tap % w.window_width * w.dilation_x;
      if (y < 0 || y >= w.height || x < 0 || x >= w.width) continue;
      for (int k = 0; k < s.outputs(); ++k) {
        f(at((y * w.width + x) * w.channels + k / s.multiplier), at(tap * s.outputs() + k),
          at(o * s.outputs() + k));
      }
    }
  }
}

void check_near(const std::vector<float>& got, const std::vector<double>& want) {
  REQUIRE(got.size() == want.size());
  for (std::size_t i = 0; i < got.size(); ++i) {
    CHECK(std::abs(static_cast<double>(got[i]) - want[i]) < 2e-5);
  }
}

double product(float a, float b) { return static_cast<double>(a) * static_cast<double>(b); }

}  // namespace

TEST_CASE("each channel meets its own windows alone, with and without a bias") {
  for (const DepthwiseShape& s : shapes()) {
    const std::vector<float> x = random_floats(inputs(s), 1), w = random_floats(weights(s), 2);
    for (const std::vector<float>& bias :
         {std::vector<float>{}, random_floats(at(s.outputs()), 3)}) {
      std::vector<double> want(outputs(s));
      for (std::size_t i = 0; i < want.size(); ++i) {
        want[i] = bias.empty() ? 0 : static_cast<double>(bias[i % bias.size()]);
      }
      each_product(s, [&](std::size_t in, std::size_t weight, std::size_t out) {
        want[out] += product(x[in], w[weight]);
      });
      each_variant(kDepthwiseVariants, &depthwise, [&](DepthwiseFn* run) {
        check_near(result(poisoned(outputs(s)), [&](std::span<float> y) { run(s, x, w, bias, y); }),
                   want);
      });
    }
  }
}

TEST_CASE("a depthwise convolution's gradients are its products' other factors, added") {
  for (const DepthwiseShape& s : shapes()) {
    const std::vector<float> x = random_floats(inputs(s), 1), w = random_floats(weights(s), 2);
    const std::vector<float> dy = random_floats(outputs(s), 3);
    std::vector<double> dx(inputs(s), 10), dw(weights(s), 10);
    each_product(s, [&](std::size_t in, std::size_t weight, std::size_t out) {
      dx[in] += product(w[weight], dy[out]);
      dw[weight] += product(x[in], dy[out]);
    });
    each_variant(kDepthwiseInputGradientVariants, &depthwise_input_gradient,
                 [&](DepthwiseGradientFn* run) {
                   const std::vector<float> tens(inputs(s), 10);
                   check_near(result(tens, [&](std::span<float> d) { run(s, w, dy, d); }), dx);
                 });
    each_variant(kDepthwiseWeightGradientVariants, &depthwise_weight_gradient,
                 [&](DepthwiseGradientFn* run) {
                   const std::vector<float> tens(weights(s), 10);
                   check_near(result(tens, [&](std::span<float> d) { run(s, x, dy, d); }), dw);
                 });
  }
}
