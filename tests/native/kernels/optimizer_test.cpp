// Adam, SGD and RMSprop against a plain double-precision transcription of Keras 3's update_step
// methods.
#include "kernels/optimizer.hpp"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

#include "checks.hpp"

using namespace ziffer;
using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

namespace {

constexpr std::size_t kSize = 11;  // two whole vectors and a remainder of three
constexpr int kSteps = 20;
constexpr float kCanary = 12345.5F;

using Doubles = std::vector<double>;

std::vector<float> gradient_of_step(int t) {
  return random_floats(kSize, 100 + static_cast<std::uint64_t>(t));
}

/// An array with canaries behind its kSize numbers.
struct Guarded {
  std::vector<float> all = std::vector<float>(kSize + 4, 0.0F);
  Guarded() { std::fill(all.begin() + kSize, all.end(), kCanary); }
  explicit Guarded(const std::vector<float>& v) : Guarded() {
    std::copy(v.begin(), v.end(), all.begin());
  }
  std::span<float> span() { return std::span(all).first(kSize); }
  ~Guarded() {
    for (std::size_t i = kSize; i < all.size(); ++i) CHECK(all[i] == kCanary);
  }
};

void check_close(std::span<const float> got, const Doubles& want) {
  for (std::size_t i = 0; i < want.size(); ++i) {
    CAPTURE(i);
    CHECK(std::abs(static_cast<double>(got[i]) - want[i]) < 2e-6);
  }
}

struct Adam {
  double learning_rate = 0.001, beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-7;
};

AdamStep adam_step(const Adam& c, int t) {
  const double alpha =
      c.learning_rate * std::sqrt(1 - std::pow(c.beta_2, t)) / (1 - std::pow(c.beta_1, t));
  return {static_cast<float>(alpha), static_cast<float>(1 - c.beta_1),
          static_cast<float>(1 - c.beta_2), static_cast<float>(c.epsilon)};
}

SgdStep sgd_step(double rate, double momentum, bool nesterov) {
  return {static_cast<float>(rate), static_cast<float>(momentum), nesterov};
}

struct Rmsprop {
  double learning_rate = 0.001, rho = 0.9, momentum = 0, epsilon = 1e-7;
  bool centered = false;
};

RmspropStep rmsprop_step(const Rmsprop& c) {
  return {static_cast<float>(c.learning_rate), static_cast<float>(c.rho),
          static_cast<float>(1 - c.rho),       static_cast<float>(c.momentum),
          static_cast<float>(c.epsilon),       c.centered};
}

/// Runs update(gradient, weights, slot 1, slot 2, slot 3) once on `n` equal parameters; every one
/// of them must end with the same bits, wherever it stands.
template <class Update>
void check_independent_of_place(Update update) {
  for (std::size_t n = 1; n <= 9; ++n) {
    std::vector<float> g(n, 0.37F), w(n, -0.81F), a(n, 0.013F), b(n, 0.29F), c(n, 0.011F);
    update(g, w, a, b, c);
    for (const auto* v : {&w, &a, &b, &c}) {
      for (const float x : *v)
        CHECK(std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(v->front()));
    }
    std::vector<float> w1{-0.81F}, a1{0.013F}, b1{0.29F}, c1{0.011F};
    update(std::vector<float>{0.37F}, w1, a1, b1, c1);
    CHECK(w1[0] == w[0]);
    CHECK(a1[0] == a[0]);
  }
}

}  // namespace

TEST_CASE("adam follows Keras over 20 steps, with its defaults and without") {
  for (const Adam& c : {Adam{}, Adam{0.01, 0.8, 0.99, 1e-3}, Adam{0.1, 0, 0.5, 1e-7}}) {
    CAPTURE(c.learning_rate);
    const std::vector<float> start = random_floats(kSize, 1);
    Guarded w(start), m, v;
    Doubles rw(start.begin(), start.end()), rm(kSize), rv(kSize);
    for (int t = 1; t <= kSteps; ++t) {
      const std::vector<float> g = gradient_of_step(t);
      adam(adam_step(c, t), g, w.span(), m.span(), v.span());
      const double alpha =
          c.learning_rate * std::sqrt(1 - std::pow(c.beta_2, t)) / (1 - std::pow(c.beta_1, t));
      for (std::size_t i = 0; i < kSize; ++i) {
        const auto gi = static_cast<double>(g[i]);
        rm[i] += (gi - rm[i]) * (1 - c.beta_1);
        rv[i] += (gi * gi - rv[i]) * (1 - c.beta_2);
        rw[i] -= rm[i] * alpha / (std::sqrt(rv[i]) + c.epsilon);
      }
    }
    check_close(w.span(), rw);
    check_close(m.span(), rm);
    check_close(v.span(), rv);
  }
}

TEST_CASE("the first step of adam has the length of the learning rate, whatever the gradient's") {
  const std::vector<float> g{1e-2F, 1, 100, -1e-2F, -1};
  std::vector<float> w(5, 0.0F), m(5), v(5);
  adam(adam_step({}, 1), g, w, m, v);
  for (std::size_t i = 0; i < 5; ++i)
    CHECK(w[i] == doctest::Approx(g[i] > 0 ? -0.001 : 0.001).epsilon(1e-4));
}

TEST_CASE("sgd follows Keras over 20 steps: plain, with momentum, with Nesterov's") {
  struct Case {
    double rate, momentum;
    bool nesterov;
  };
  for (const Case& c :
       {Case{0.01, 0, false}, Case{0.1, 0.9, false}, Case{0.05, 0.5, true}, Case{0.1, 0, true}}) {
    CAPTURE(c.momentum);
    CAPTURE(c.nesterov);
    const std::vector<float> start = random_floats(kSize, 2);
    Guarded w(start), m;
    Doubles rw(start.begin(), start.end()), rm(kSize);
    for (int t = 1; t <= kSteps; ++t) {
      const std::vector<float> g = gradient_of_step(t);
      sgd(sgd_step(c.rate, c.momentum, c.nesterov), g, w.span(),
          c.momentum == 0 ? std::span<float>() : m.span());
      for (std::size_t i = 0; i < kSize; ++i) {
        const double move = static_cast<double>(g[i]) * c.rate;
        rm[i] = c.momentum * rm[i] - move;
        rw[i] += c.momentum == 0 ? -move : c.nesterov ? c.momentum * rm[i] - move : rm[i];
      }
    }
    check_close(w.span(), rw);
    if (c.momentum != 0) check_close(m.span(), rm);
  }
}

TEST_CASE("rmsprop follows Keras over 20 steps: plain, with momentum, centred, with both") {
  for (const Rmsprop& c :
       {Rmsprop{}, Rmsprop{0.01, 0.8, 0.9, 1e-5, false}, Rmsprop{0.001, 0.9, 0, 1e-7, true},
        Rmsprop{0.005, 0.95, 0.5, 1e-3, true}}) {
    CAPTURE(c.momentum);
    CAPTURE(c.centered);
    const std::vector<float> start = random_floats(kSize, 3);
    Guarded w(start), v, a, m;
    Doubles rw(start.begin(), start.end()), rv(kSize), ra(kSize), rm(kSize);
    for (int t = 1; t <= kSteps; ++t) {
      const std::vector<float> g = gradient_of_step(t);
      rmsprop(rmsprop_step(c), g, w.span(), v.span(), c.centered ? a.span() : std::span<float>(),
              c.momentum > 0 ? m.span() : std::span<float>());
      for (std::size_t i = 0; i < kSize; ++i) {
        const auto gi = static_cast<double>(g[i]);
        rv[i] = c.rho * rv[i] + (1 - c.rho) * gi * gi;
        ra[i] = c.rho * ra[i] + (1 - c.rho) * gi;
        const double variance = rv[i] - (c.centered ? ra[i] * ra[i] : 0) + c.epsilon;
        const double step = c.learning_rate * gi / std::sqrt(variance);
        rm[i] = c.momentum * rm[i] + step;
        rw[i] -= c.momentum > 0 ? rm[i] : step;
      }
    }
    check_close(w.span(), rw);
    check_close(v.span(), rv);
    if (c.centered) check_close(a.span(), ra);
    if (c.momentum > 0) check_close(m.span(), rm);
  }
}

TEST_CASE("the update of a parameter does not depend on where it stands") {
  check_independent_of_place(
      [](auto&& g, auto& w, auto& a, auto& b, auto&) { adam(adam_step({}, 3), g, w, a, b); });
  for (const bool nesterov : {false, true}) {
    check_independent_of_place([&](auto&& g, auto& w, auto& a, auto&, auto&) {
      sgd(sgd_step(0.01, 0.9, nesterov), g, w, a);
    });
  }
  check_independent_of_place([](auto&& g, auto& w, auto& a, auto& b, auto& c) {
    rmsprop(rmsprop_step({0.001, 0.9, 0.9, 1e-7, true}), g, w, b, a, c);
  });
}

namespace {

/// Every row of a table against its scalar one, bit for bit, for some steps at sizes around the
/// vector's; run(kernel, step, gradient, weights, slots) has room for three slots.
template <std::size_t N, class Function, class Run>
void check_variants(const Variant<Function> (&variants)[N], Function* chosen, Run run) {
  const auto trained = [&](Function* f, std::size_t n) {
    std::vector<std::vector<float>> arrays{random_floats(n, n + 1)};
    arrays.resize(4, std::vector<float>(n, 0.0F));
    for (auto& array : arrays) array.resize(n + 4, kCanary);
    for (int t = 1; t <= 3; ++t) {
      const auto first = [&](std::size_t k) { return std::span(arrays[k]).first(n); };
      const std::vector<float> g = random_floats(n, 50 + static_cast<std::uint64_t>(t));
      run(f, t, g, first(0), first(1), first(2), first(3));
    }
    return arrays;
  };
  for (const std::size_t n : {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 784}) {
    const auto want = trained(variants[0].run, n);
    CAPTURE(n);
    each_variant(variants, chosen, [&](Function* f) {
      const auto got = trained(f, n);
      for (std::size_t k = 0; k < want.size(); ++k)
        CHECK(std::memcmp(got[k].data(), want[k].data(), want[k].size() * sizeof(float)) == 0);
    });
  }
}

}  // namespace

TEST_CASE("every variant of an optimizer's step gives the scalar one's bits") {
  check_variants(kAdamVariants, &adam, [](AdamFn* f, int t, auto& g, auto w, auto a, auto b, auto) {
    f(adam_step({}, t), g, w, a, b);
  });
  for (const double momentum : {0.0, 0.9}) {
    for (const bool nesterov : {false, true}) {
      check_variants(kSgdVariants, &sgd, [&](SgdFn* f, int, auto& g, auto w, auto a, auto, auto) {
        f(sgd_step(0.01, momentum, nesterov), g, w, momentum == 0 ? std::span<float>() : a);
      });
    }
    for (const bool centered : {false, true}) {
      check_variants(kRmspropVariants, &rmsprop,
                     [&](RmspropFn* f, int, auto& g, auto w, auto a, auto b, auto c) {
                       f(rmsprop_step({0.001, 0.9, momentum, 1e-7, centered}), g, w, a, b, c);
                     });
    }
  }
}
