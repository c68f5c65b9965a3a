// Kernels and a whole training step against Eigen in double precision: an oracle that shares no
// line with ours.
#include <doctest/doctest.h>

#include <Eigen/Core>
#include <vector>

#include "core/rng.hpp"
#include "engine/program.hpp"
#include "kernels/conv_pool/conv_pool.hpp"
#include "kernels/gemm.hpp"

using namespace ziffer;
using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

namespace {

std::vector<float> noise(std::size_t n, std::uint64_t seed) {
  Rng rng(seed);
  std::vector<float> out(n);
  for (float& v : out) v = rng.uniform(-1, 1);
  return out;
}

Matrix matrix(std::span<const float> values, int rows, int columns) {
  return Eigen::Map<const Eigen::Matrix<float, -1, -1, Eigen::RowMajor>>(values.data(), rows,
                                                                         columns)
      .cast<double>();
}

double distance(std::span<const float> ours, const Matrix& theirs) {
  return (matrix(ours, static_cast<int>(theirs.rows()), static_cast<int>(theirs.cols())) - theirs)
      .cwiseAbs()
      .maxCoeff();
}

}  // namespace

TEST_CASE("the three products are Eigen's") {
  for (const auto [m, n, k] :
       {kernels::GemmShape{25, 16, 1352}, {1352, 16, 25}, {1, 1, 1}, {7, 10, 33}}) {
    CAPTURE(m);
    const auto a = noise(static_cast<std::size_t>(m * k), 1),
               b = noise(static_cast<std::size_t>(k * n), 2);
    const kernels::GemmShape shape{m, n, k};
    std::vector<float> c(static_cast<std::size_t>(m * n)), scratch(kernels::gemm_scratch(shape));
    kernels::gemm(shape, a, b, {}, c, scratch);
    CHECK(distance(c, matrix(a, m, k) * matrix(b, k, n)) < 1e-6 * k + 1e-6);
    kernels::gemm_at(shape, a, b, c, scratch);
    CHECK(distance(c, matrix(a, k, m).transpose() * matrix(b, k, n)) < 1e-6 * k + 1e-6);
    kernels::gemm_bt(shape, a, b, c, scratch);
    CHECK(distance(c, matrix(a, m, k) * matrix(b, n, k).transpose()) < 1e-6 * k + 1e-6);
  }
}

TEST_CASE(
    "convolution, ReLU and pooling are a sum over shifted matrices, a cut at zero and a maximum") {
  const kernels::ConvPoolShape s{13, 13, 32, 3, 3, 64};
  const auto x = noise(s.input_size(), 3), w = noise(s.weight_size(), 4), bias = noise(64, 5);
  std::vector<float> y(s.pooled_size()), scratch(kernels::conv_relu_pool_scratch(s));
  kernels::conv_relu_pool(s, 1, x, w, bias, y, {}, scratch);

  const Matrix pixels = matrix(x, 13 * 13, 32), weights = matrix(w, 9 * 32, 64);
  Matrix pooled = Matrix::Zero(25, 64);
  for (int row = 0; row < 10; ++row) {
    for (int column = 0; column < 10; ++column) {
      Eigen::RowVectorXd sum = matrix(bias, 1, 64);
      for (int tap = 0; tap < 9; ++tap) {
        sum +=
            pixels.row((row + tap / 3) * 13 + column + tap % 3) * weights.middleRows(tap * 32, 32);
      }
      auto best = pooled.row((row / 2) * 5 + column / 2);
      best = best.cwiseMax(sum);
    }
  }
  CHECK(distance(y, pooled) < 2e-5);
}

TEST_CASE("softmax regression's loss and gradient are the textbook's: Xᵀ(P - Y) / n") {
  constexpr int kImages = 12, kIn = 20, kClasses = 5;
  nn::Dense head;
  head.units = kClasses;
  head.activation = nn::Activation::softmax;
  const nn::Sequential model("m", Shape{kIn}, {{"", head}});
  const auto p = noise(model.parameter_count(), 6), x = noise(kImages * kIn, 7);
  std::vector<std::uint8_t> labels(kImages);
  Matrix y = Matrix::Zero(kImages, kClasses);
  for (int i = 0; i < kImages; ++i)
    y(i, labels[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i % kClasses)) = 1;

  engine::Program program(model, {.capacity = kImages, .training = true});
  std::ranges::copy(x, program.input(kImages).begin());
  std::vector<float> gradient(p.size());
  const auto sum = program.gradient(p, labels, 1.0F / kImages, {}, gradient);

  const Matrix inputs = matrix(x, kImages, kIn);
  Matrix z = inputs * matrix(std::span(p).first(kIn * kClasses), kIn, kClasses);
  z.rowwise() += Eigen::RowVectorXd(matrix(std::span(p).last(kClasses), 1, kClasses));
  const Matrix e = z.array().exp();
  const Matrix probabilities = e.array().colwise() / e.rowwise().sum().array();
  const Matrix error = (probabilities - y) / kImages;
  CHECK(sum.loss ==
        doctest::Approx(-(probabilities.array().log() * y.array()).sum()).epsilon(1e-5));
  CHECK(distance(std::span(gradient).first(kIn * kClasses), inputs.transpose() * error) < 1e-6);
  CHECK(distance(std::span(gradient).last(kClasses), error.colwise().sum()) < 1e-6);
}
