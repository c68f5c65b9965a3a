// Sliding windows of every size, stride and padding against plain loops over the definition in
// double.
#include "kernels/window.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "checks.hpp"

using namespace ziffer;
using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

namespace {

std::size_t at(int i) { return static_cast<std::size_t>(i); }

std::size_t inputs(const WindowShape& s) { return at(s.height * s.width * s.channels); }
std::size_t outputs(const WindowShape& s) { return at(s.out_height * s.out_width * s.channels); }
std::size_t patch_size(const WindowShape& s) {
  return at(s.window_height * s.window_width * s.channels);
}
std::size_t patches(const WindowShape& s) { return at(s.out_height * s.out_width) * patch_size(s); }

/// Keras's shapes for one axis, from its documentation: ceil((in - window + 1) / stride), or
/// ceil(in / stride).
int out_extent(int in, int window, int stride, bool same) {
  return same ? (in + stride - 1) / stride : (in - window + stride) / stride;
}
int before(int in, int window, int stride, bool same) {
  return same ? std::max((out_extent(in, window, stride, true) - 1) * stride + window - in, 0) / 2
              : 0;
}

/// Every kind of window: one pixel, as large as the image, larger, strided beyond itself, padded
/// unevenly.
std::vector<WindowShape> shapes() {
  std::vector<WindowShape> out;
  for (const int h : {1, 4, 7}) {
    for (const int w : {2, 5}) {
      for (const int kh : {1, 2, 3, 5}) {
        for (const int kw : {1, 2, 4}) {
          for (const int stride : {1, 2, 3}) {
            for (const bool same : {false, true}) {
              if (!same && (kh > h || kw > w)) continue;
              const int stride_x = stride == 3 ? 1 : stride;
              const int c = 1 + (h + kw) % 3;
              out.push_back({h, w, c, kh, kw, stride, stride_x, before(h, kh, stride, same),
                             before(w, kw, stride_x, same), out_extent(h, kh, stride, same),
                             out_extent(w, kw, stride_x, same)});
            }
          }
        }
      }
    }
  }
  // Channels lie side by side: as many as a vector holds, and one more or less.
  for (const int c : {3, 4, 5, 7, 8, 9}) out.push_back({5, 5, c, 3, 3, 2, 2, 1, 1, 3, 3});
  return out;
}

/// Windows whose places stand apart: in one direction, in both, over the edges, beyond the image.
std::vector<WindowShape> dilated_shapes() {
  std::vector<WindowShape> out;
  for (const int dy : {1, 2, 3}) {
    for (const int dx : {1, 2, 4}) {
      for (const bool same : {false, true}) {
        const int c = dy + dx, kh = 3, kw = 2, h = 7, w = 8;
        const int spans_y = (kh - 1) * dy + 1, spans_x = (kw - 1) * dx + 1;
        out.push_back({h, w, c, kh, kw, 1, 1, before(h, spans_y, 1, same),
                       before(w, spans_x, 1, same), out_extent(h, spans_y, 1, same),
                       out_extent(w, spans_x, 1, same), dy, dx});
      }
    }
  }
  out.push_back({3, 2, 5, 4, 5, 2, 1, 6, 9, 2, 2, 5, 4});
  return out;
}

std::vector<WindowShape> all_shapes() {
  std::vector<WindowShape> out = shapes();
  for (const WindowShape& s : dilated_shapes()) out.push_back(s);
  return out;
}

double dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

/// One place of a window: which output, which offset in the window, which input; only what lies
/// inside the image.
struct Tap {
  int out, offset, in;
};

void each_tap(const WindowShape& s, const std::function<void(const Tap&)>& f) {
  for (int o = 0; o < s.out_height * s.out_width; ++o) {
    for (int offset = 0; offset < s.window_height * s.window_width; ++offset) {
      const int y = o / s.out_width * s.stride_y - s.top + offset / s.window_width * s.dilation_y;
      const int x = o % s.out_width * s.stride_x - s.left + offset % s.window_width * s.dilation_x;
      if (y >= 0 && y < s.height && x >= 0 && x < s.width) f({o, offset, y * s.width + x});
    }
  }
}

struct Pooled {
  std::vector<float> y;
  std::vector<std::uint16_t> where;
};

Pooled max_pooled(const WindowShape& s, const std::vector<float>& x, MaxPoolFn* run = &max_pool) {
  Pooled out;
  out.where.assign(outputs(s) + 4, 0xabcd);
  out.y = result(poisoned(outputs(s)),
                 [&](std::span<float> y) { run(s, x, y, std::span(out.where).first(outputs(s))); });
  for (std::size_t i = outputs(s); i < out.where.size(); ++i) REQUIRE(out.where[i] == 0xabcd);
  out.where.resize(outputs(s));
  return out;
}

std::vector<float> average_pooled(const WindowShape& s, const std::vector<float>& x,
                                  WindowFn* run = &average_pool) {
  return result(poisoned(outputs(s)), [&](std::span<float> y) { run(s, x, y); });
}

/// What a gradient adds to zeros.
template <class F>
std::vector<float> added(const WindowShape& s, F f) {
  return result(std::vector<float>(inputs(s), 0.0F), f);
}

}  // namespace

TEST_CASE("im2col lays out every patch, with zeros outside the image") {
  for (const WindowShape& s : all_shapes()) {
    const std::vector<float> x = random_floats(inputs(s), 1);
    std::vector<float> want(patches(s), 0.0F);
    each_tap(s, [&](const Tap& t) {
      for (int c = 0; c < s.channels; ++c) {
        want[at(t.out) * patch_size(s) + at(t.offset * s.channels + c)] =
            x[at(t.in * s.channels + c)];
      }
    });
    each_variant(kIm2colVariants, &im2col, [&](WindowFn* run) {
      CHECK(result(poisoned(patches(s)), [&](std::span<float> p) { run(s, x, p); }) == want);
    });
  }
}

TEST_CASE("col2im is the adjoint of im2col: <im2col x, p> = <x, col2im p>") {
  for (const WindowShape& s : all_shapes()) {
    const std::vector<float> x = random_floats(inputs(s), 2), p = random_floats(patches(s), 3);
    const std::vector<float> columns =
        result(poisoned(patches(s)), [&](std::span<float> y) { im2col(s, x, y); });
    each_variant(kCol2imVariants, &col2im, [&](WindowFn* run) {
      const std::vector<float> back = added(s, [&](std::span<float> y) { run(s, p, y); });
      CHECK(std::abs(dot(columns, p) - dot(x, back)) < 1e-5);
    });
  }
}

TEST_CASE("gradients are added to what is there") {
  const WindowShape s{4, 4, 1, 2, 2, 2, 2, 0, 0, 2, 2};
  const std::vector<float> dy{1, 2, 3, 4}, p(16, 1.0F);
  const std::vector<std::uint16_t> where{0, 1, 2, 3};
  const std::vector<float> tens(16, 10.0F);
  each_variant(kCol2imVariants, &col2im, [&](WindowFn* run) {
    CHECK(result(tens, [&](std::span<float> d) { run(s, p, d); }) == std::vector<float>(16, 11.0F));
  });
  each_variant(kMaxPoolGradientVariants, &max_pool_gradient, [&](MaxPoolGradientFn* run) {
    CHECK(result(tens, [&](std::span<float> d) { run(s, dy, where, d); }) ==
          std::vector<float>{11, 10, 10, 12, 10, 10, 10, 10, 10, 10, 10, 10, 13, 10, 10, 14});
  });
  each_variant(kAveragePoolGradientVariants, &average_pool_gradient, [&](WindowFn* run) {
    CHECK(result(tens, [&](std::span<float> d) { run(s, dy, d); })[15] == 11.0F);
  });
}

TEST_CASE("max pooling takes the largest inside the image and says where it stood") {
  for (const WindowShape& s : shapes()) {
    std::vector<float> x = random_floats(inputs(s), 4);
    for (float& v : x) v -= 5;  // all negative: a zero from the padding would win
    std::vector<float> top(outputs(s), -std::numeric_limits<float>::infinity());
    std::vector<std::uint16_t> where(outputs(s));
    each_tap(s, [&](const Tap& t) {
      for (int c = 0; c < s.channels; ++c) {
        const std::size_t o = at(t.out * s.channels + c);
        const float v = x[at(t.in * s.channels + c)];
        if (v <= top[o]) continue;
        top[o] = v;
        where[o] = static_cast<std::uint16_t>(t.offset);
      }
    });
    each_variant(kMaxPoolVariants, &max_pool, [&](MaxPoolFn* run) {
      const Pooled got = max_pooled(s, x, run);
      CHECK(got.y == top);
      CHECK(got.where == where);
    });
  }
}

TEST_CASE("the first of equal maxima wins, and with it takes the gradient") {
  const WindowShape whole{3, 3, 1, 3, 3, 1, 1, 0, 0, 1, 1};
  CHECK(max_pooled(whole, std::vector<float>(9, 0.5F)).where[0] == 0);
  CHECK(max_pooled(whole, {0, 0, 0, 0, 7, 7, 7, 7, 7}).where[0] == 4);
  // Padded above and to the left, the first place inside is not the window's first.
  const WindowShape corner{2, 2, 1, 3, 3, 2, 2, 1, 1, 1, 1};
  CHECK(max_pooled(corner, std::vector<float>(4, 0.0F)).where[0] == 4);
}

TEST_CASE("average pooling is the mean of what lies inside the image") {
  for (const WindowShape& s : shapes()) {
    const std::vector<float> x = random_floats(inputs(s), 5);
    std::vector<double> total(outputs(s)), count(outputs(s));
    each_tap(s, [&](const Tap& t) {
      for (int c = 0; c < s.channels; ++c) {
        total[at(t.out * s.channels + c)] += static_cast<double>(x[at(t.in * s.channels + c)]);
        count[at(t.out * s.channels + c)] += 1;
      }
    });
    each_variant(kAveragePoolVariants, &average_pool, [&](WindowFn* run) {
      const std::vector<float> y = average_pooled(s, x, run);
      for (std::size_t i = 0; i < y.size(); ++i) {
        CHECK(std::abs(static_cast<double>(y[i]) - total[i] / count[i]) < 1e-6);
      }
    });
  }
}

TEST_CASE("the gradients of pooling are the slopes that central differences measure") {
  for (const WindowShape& s : shapes()) {
    // A shuffled ladder: no two inputs closer than 0.01, so that no step of the differences changes
    // a maximum.
    std::vector<std::uint32_t> order(inputs(s));
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    Rng rng(6);
    rng.shuffle(order);
    std::vector<float> x;
    for (const std::uint32_t k : order) x.push_back(0.01F * static_cast<float>(k));
    const std::vector<float> dy = random_floats(outputs(s), 7);
    const std::vector<std::uint16_t> where = max_pooled(s, x).where;
    const std::vector<float> by_max =
        added(s, [&](std::span<float> d) { max_pool_gradient(s, dy, where, d); });
    const std::vector<float> by_mean =
        added(s, [&](std::span<float> d) { average_pool_gradient(s, dy, d); });
    for (std::size_t i = 0; i < x.size(); ++i) {
      constexpr float kStep = 0x1p-9F;
      std::vector<float> up = x, down = x;
      up[i] += kStep;
      down[i] -= kStep;
      const double span = static_cast<double>(up[i]) - static_cast<double>(down[i]);
      const double max_slope =
          (dot(max_pooled(s, up).y, dy) - dot(max_pooled(s, down).y, dy)) / span;
      const double mean_slope =
          (dot(average_pooled(s, up), dy) - dot(average_pooled(s, down), dy)) / span;
      CHECK(std::abs(max_slope - static_cast<double>(by_max[i])) < 1e-4);
      CHECK(std::abs(mean_slope - static_cast<double>(by_mean[i])) < 2e-3);
    }
  }
}

TEST_CASE("every variant of a pool's gradient gives the scalar one's bits") {
  for (const WindowShape& s : shapes()) {
    const std::vector<float> dy = random_floats(outputs(s), 8);
    const std::vector<std::uint16_t> where = max_pooled(s, random_floats(inputs(s), 9)).where;
    const auto by_max = [&](MaxPoolGradientFn* run) {
      return added(s, [&](std::span<float> d) { run(s, dy, where, d); });
    };
    const auto by_mean = [&](WindowFn* run) {
      return added(s, [&](std::span<float> d) { run(s, dy, d); });
    };
    each_variant(kMaxPoolGradientVariants, &max_pool_gradient, [&](MaxPoolGradientFn* run) {
      check_same(by_max(run), by_max(&scalar::max_pool_gradient));
    });
    each_variant(kAveragePoolGradientVariants, &average_pool_gradient, [&](WindowFn* run) {
      check_same(by_mean(run), by_mean(&scalar::average_pool_gradient));
    });
  }
}
