// Cross-entropy in both forms and the squared error: against their definitions in double, every
// variant against the scalar one, bit for bit.
#include "kernels/loss.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "checks.hpp"

using namespace ziffer;
using namespace ziffer::kernels;
using namespace ziffer::kernels::testing;

namespace {

struct Answer {
  LossSum sum;
  std::vector<float> outputs, gradient;
};

struct Batch {
  int classes;
  std::vector<float> values;
  std::vector<std::uint8_t> labels;
};

Batch batch(int classes, int images, std::uint64_t seed, float low, float high) {
  Rng rng(seed);
  Batch b{classes, {}, {}};
  for (int i = 0; i < images * classes; ++i) b.values.push_back(rng.uniform(low, high));
  for (int i = 0; i < images; ++i) {
    b.labels.push_back(static_cast<std::uint8_t>(rng.below(static_cast<std::uint32_t>(classes))));
  }
  return b;
}

Answer fused(const Batch& b, float scale = 1, SoftmaxCrossEntropyFn* run = &softmax_cross_entropy) {
  Answer a;
  a.gradient = result(poisoned(b.values.size()), [&](std::span<float> d) {
    a.outputs = result(
        b.values, [&](std::span<float> z) { a.sum = run(b.classes, z, b.labels, scale, d, {}); });
  });
  return a;
}

Answer of_outputs(OutputLossFn* run, const Batch& b, float scale, Targets targets = {}) {
  Answer a{{}, b.values, {}};
  a.gradient = result(poisoned(b.values.size()), [&](std::span<float> d) {
    a.sum = run(b.classes, b.values, b.labels, scale, d, targets);
  });
  return a;
}
Answer plain(const Batch& b, float scale = 1) { return of_outputs(&cross_entropy, b, scale); }
Answer squared(const Batch& b, float scale = 1) { return of_outputs(&squared_error, b, scale); }

/// -log softmax(z)[label], summed over the rows.
double true_loss_of_logits(int classes, const std::vector<double>& z,
                           const std::vector<std::uint8_t>& labels) {
  double loss = 0;
  const auto n = static_cast<std::size_t>(classes);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto row = z.begin() + static_cast<std::ptrdiff_t>(i * n);
    const double top = *std::max_element(row, row + classes);
    double total = 0;
    for (std::size_t j = 0; j < n; ++j) total += std::exp(z[i * n + j] - top);
    loss += std::log(total) + top - z[i * n + labels[i]];
  }
  return loss;
}

/// Keras's categorical_crossentropy of probabilities: rows divided by their sums, clipped to [1e-7,
/// 1 - 1e-7].
double true_loss_of_outputs(int classes, const std::vector<double>& y,
                            const std::vector<std::uint8_t>& labels) {
  double loss = 0;
  const auto n = static_cast<std::size_t>(classes);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    double total = 0;
    for (std::size_t j = 0; j < n; ++j) total += y[i * n + j];
    loss -= std::log(std::clamp(y[i * n + labels[i]] / total, 1e-7, 1 - 1e-7));
  }
  return loss;
}

/// Keras's mean_squared_error to one-hot labels.
double true_squared_error(int classes, const std::vector<double>& y,
                          const std::vector<std::uint8_t>& labels) {
  double loss = 0;
  const auto n = static_cast<std::size_t>(classes);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double error = y[i] - (i % n == labels[i / n] ? 1 : 0);
    loss += error * error / classes;
  }
  return loss;
}

template <class Loss>
void check_slopes(const Batch& b, const Answer& answer, double scale, Loss loss) {
  const std::vector<double> at(b.values.begin(), b.values.end());
  for (std::size_t i = 0; i < at.size(); ++i) {
    const auto moved = [&](double step) {
      std::vector<double> v = at;
      v[i] += step;
      return loss(b.classes, v, b.labels);
    };
    const double slope = (moved(1e-6) - moved(-1e-6)) / 2e-6 * scale;
    CHECK(static_cast<double>(answer.gradient[i]) == doctest::Approx(slope).epsilon(1e-5));
  }
}

}  // namespace

TEST_CASE("the fused loss is -log softmax of the label, and the logits become probabilities") {
  for (const int classes : {1, 2, 3, 4, 5, 7, 8, 9, 10, 13}) {
    CAPTURE(classes);
    const Batch b = batch(classes, 7, 1, -4, 4);
    const Answer a = fused(b);
    const std::vector<double> z(b.values.begin(), b.values.end());
    CHECK(a.sum.loss == doctest::Approx(true_loss_of_logits(classes, z, b.labels)).epsilon(1e-6));
    const auto n = static_cast<std::size_t>(classes);
    for (std::size_t i = 0; i < a.outputs.size(); ++i) {
      double total = 0;
      for (std::size_t j = 0; j < n; ++j) total += std::exp(z[i / n * n + j] - z[i]);
      CHECK(static_cast<double>(a.outputs[i]) == doctest::Approx(1 / total).epsilon(1e-6));
    }
  }
}

TEST_CASE("both gradients are the slopes that central differences measure, times the scale") {
  for (const int classes : {2, 3, 4, 5, 10}) {
    CAPTURE(classes);
    const Batch logits = batch(classes, 5, 2, -3, 3), outputs = batch(classes, 5, 3, 0.1F, 1);
    check_slopes(logits, fused(logits, 0.25F), 0.25, true_loss_of_logits);
    check_slopes(outputs, plain(outputs, 0.25F), 0.25, true_loss_of_outputs);
  }
}

TEST_CASE("the squared error is the mean over a row's outputs, and its gradient the slope") {
  for (const int classes : {1, 2, 3, 4, 5, 7, 8, 9, 10, 13}) {
    CAPTURE(classes);
    const Batch b = batch(classes, 7, 11, -2, 2);
    const std::vector<double> y(b.values.begin(), b.values.end());
    CHECK(squared(b).sum.loss ==
          doctest::Approx(true_squared_error(classes, y, b.labels)).epsilon(1e-6));
    check_slopes(b, squared(b, 0.25F), 0.25, true_squared_error);
    CHECK(squared_error(classes, b.values, b.labels, 1, {}).loss == squared(b).sum.loss);
  }
  CHECK(squared({4, {0, 0, 1, 0}, {2}}).sum.loss == 0);
  CHECK(squared({4, {0, 1, 0, 0}, {2}}).sum.loss == 0.5);
}

TEST_CASE("the loss is the same when no gradient is wanted") {
  const Batch b = batch(10, 6, 4, -3, 3), p = batch(10, 6, 4, 0.1F, 1);
  std::vector<float> z = b.values;
  CHECK(softmax_cross_entropy(10, z, b.labels, 1, {}).loss == fused(b).sum.loss);
  CHECK(cross_entropy(10, p.values, p.labels, 1, {}).loss == plain(p).sum.loss);
}

TEST_CASE("logits of ±10,000 give a finite loss, finite probabilities and the right gradient") {
  for (const std::uint8_t label : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{4}}) {
    const Batch b{5, {1e4F, -1e4F, 0, 9990, -3}, {label}};
    const Answer a = fused(b);
    CHECK(a.sum.loss == doctest::Approx(1e4 - static_cast<double>(b.values[label])).epsilon(1e-4));
    for (const float p : a.outputs) CHECK((p >= 0.0F && p <= 1.0F));
    for (std::size_t j = 0; j < 5; ++j) {
      CHECK(a.gradient[j] == a.outputs[j] - (j == label ? 1.0F : 0.0F));
    }
  }
  const Answer level = fused({4, {-1e4F, -1e4F, -1e4F, -1e4F}, {2}});
  CHECK(level.sum.loss == doctest::Approx(std::log(4.0)));
}

TEST_CASE("both forms agree on a softmax's output") {
  const Batch b = batch(10, 40, 5, -4, 4);
  const Answer a = fused(b);
  const Answer c = plain({10, a.outputs, b.labels});
  CHECK(c.sum.loss == doctest::Approx(a.sum.loss).epsilon(1e-6));
  CHECK(c.sum.correct == a.sum.correct);
}

TEST_CASE("rows that do not sum to 1 are divided by their sums, as Keras does") {
  const Batch b = batch(4, 6, 6, 0.1F, 1);
  Batch doubled = b;
  for (float& v : doubled.values) v *= 2;
  CHECK(plain(b).sum.loss == doctest::Approx(plain(doubled).sum.loss).epsilon(1e-6));
  CHECK(plain({2, {3, 1}, {0}}).sum.loss == doctest::Approx(-std::log(0.75)));
}

TEST_CASE(
    "an impossible label costs -log 1e-7, a certain one almost nothing, and neither has a slope") {
  const Answer impossible = plain({3, {0, 1, 0}, {0}}), certain = plain({3, {0, 1, 0}, {1}});
  CHECK(impossible.sum.loss == doctest::Approx(-std::log(1e-7)).epsilon(1e-6));
  CHECK(certain.sum.loss == doctest::Approx(1e-7).epsilon(0.3));
  CHECK(impossible.gradient == std::vector<float>{0, 0, 0});
  CHECK(certain.gradient == std::vector<float>{0, 0, 0});
}

TEST_CASE("correct counts the images whose first largest is the label") {
  const std::vector<float> rows{1, 5, 2, 7, 7, 0, 0, 3, 3, 2, 2, 2};
  for (const auto& [labels, correct] : {std::pair{std::vector<std::uint8_t>{1, 0, 1, 0}, 4},
                                        std::pair{std::vector<std::uint8_t>{1, 1, 2, 2}, 1},
                                        std::pair{std::vector<std::uint8_t>{0, 2, 0, 1}, 0}}) {
    CHECK(fused({3, rows, labels}).sum.correct == correct);
    CHECK(plain({3, rows, labels}).sum.correct == correct);
    CHECK(squared({3, rows, labels}).sum.correct == correct);
  }
  CHECK(fused({3, {}, {}}).sum.correct == 0);
}

TEST_CASE("argmax is the first of the largest") {
  CHECK(argmax(std::vector<float>{3}) == 0);
  CHECK(argmax(std::vector<float>{-3, -1, -2}) == 1);
  CHECK(argmax(std::vector<float>{0, 2, 2, 1, 2}) == 1);
  CHECK(argmax(std::vector<float>{-0.0F, 0.0F}) == 0);
}

namespace {

void check_same(const Answer& a, const Answer& b) {
  CHECK(a.sum.loss == b.sum.loss);
  CHECK(a.sum.correct == b.sum.correct);
  testing::check_same(a.outputs, b.outputs);
  testing::check_same(a.gradient, b.gradient);
}

}  // namespace

TEST_CASE("every variant of a loss gives the scalar one's bits, whatever the number of classes") {
  for (const int classes : {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31}) {
    CAPTURE(classes);
    const Batch logits = batch(classes, 9, 21, -60, 60), outputs = batch(classes, 9, 22, 0.01F, 1);
    const Answer want = fused(logits, 0.125F, &scalar::softmax_cross_entropy);
    each_variant(kSoftmaxCrossEntropyVariants, &softmax_cross_entropy,
                 [&](SoftmaxCrossEntropyFn* run) {
                   check_same(fused(logits, 0.125F, run), want);
                   std::vector<float> z = logits.values;
                   CHECK(run(classes, z, logits.labels, 0.125F, {}, {}).loss == want.sum.loss);
                 });
  }
}

namespace {

/// A loss of one output and its target, in double; over a row it is the sum, divided by `parts`.
struct Definition {
  const char* name;
  OutputLossFn* run;
  double (*value)(double y, double t);
  bool mean;
};

double clipped(double y, double most = 1 - 1e-7) { return std::clamp(y, 1e-7, most); }

const Definition kDefinitions[] = {
    {"binary cross-entropy", &binary_cross_entropy,
     [](double y, double t) {
       return -(t * std::log(clipped(y)) + (1 - t) * std::log(1 - clipped(y)));
     },
     true},
    {"sigmoid cross-entropy", &sigmoid_cross_entropy,
     [](double z, double t) {
       return std::max(z, 0.0) - z * t + std::log1p(std::exp(-std::abs(z)));
     },
     true},
    {"squared error", &squared_error, [](double y, double t) { return (y - t) * (y - t); }, true},
    {"absolute error", &absolute_error, [](double y, double t) { return std::abs(y - t); }, true},
    {"divergence", &kl_divergence,
     [](double y, double t) { return clipped(t, 1) * std::log(clipped(t, 1) / clipped(y, 1)); },
     false}};

}  // namespace

TEST_CASE("a loss of each output is its definition in value and slope, with smoothed labels too") {
  for (const Definition& definition : kDefinitions) {
    CAPTURE(definition.name);
    for (const Targets targets : {Targets{}, Targets{0.91F, 0.01F}}) {
      for (const int classes : {1, 2, 3, 10}) {
        const Batch b = batch(classes, 6, 5, 0.02F, 0.85F);
        const auto loss = [&](int, const std::vector<double>& y,
                              const std::vector<std::uint8_t>& labels) {
          double sum = 0;
          for (std::size_t i = 0; i < y.size(); ++i) {
            const auto n = static_cast<std::size_t>(classes);
            const bool own = i % n == labels[i / n];
            sum += definition.value(y[i], static_cast<double>(own ? targets.on : targets.off)) /
                   (definition.mean ? classes : 1);
          }
          return sum;
        };
        const Answer answer = of_outputs(definition.run, b, 0.5F, targets);
        const std::vector<double> y(b.values.begin(), b.values.end());
        CHECK(answer.sum.loss == doctest::Approx(loss(classes, y, b.labels)).epsilon(1e-5));
        check_slopes(b, answer, 0.5, loss);
      }
    }
  }
}

TEST_CASE("the two categorical losses of what is no distribution clip and divide as Keras does") {
  const std::vector<std::uint8_t> labels{1};
  const std::vector<float> y{-1, 3, 0.5F};
  // Divided by 2.5 the label's is 1.2, which is clipped to nearly 1.
  CHECK(cross_entropy(3, y, labels, 1, {}).loss == doctest::Approx(1e-7).epsilon(0.3));
  // Clipped first they are 1e-7, nearly 1 and 0.5.
  CHECK(sparse_cross_entropy(3, y, labels, 1, {}).loss == doctest::Approx(std::log(1.5)));
  const Answer sparse = of_outputs(&sparse_cross_entropy, {3, y, labels}, 1);
  CHECK(sparse.gradient[0] == 0);
  CHECK(sparse.gradient[1] == 0);
  CHECK(sparse.gradient[2] == doctest::Approx(1 / 1.5));
}

TEST_CASE("smoothed labels: cross-entropy of probabilities is that of their logits") {
  const Batch logits = batch(10, 7, 3, -4, 4);
  const Targets targets{0.91F, 0.01F};
  std::vector<float> p = logits.values, d(p.size());
  const auto fused_sum = softmax_cross_entropy(10, p, logits.labels, 1, d, targets);
  CHECK(cross_entropy(10, p, logits.labels, 1, {}, targets).loss ==
        doctest::Approx(fused_sum.loss).epsilon(1e-5));
  for (std::size_t i = 0; i < p.size(); ++i) {
    const bool own = i % 10 == logits.labels[i / 10];
    CHECK(d[i] == p[i] - (own ? targets.on : targets.off));
  }
}
