#include "kernels/conv_pool/conv_pool.hpp"

#include "data.hpp"
#include "report.hpp"

namespace bench {

namespace {

using namespace ziffer::kernels;

struct Layer {
  const char* name;
  ConvPoolShape shape;
  int images;
  bool ink;             ///< pictures as MNIST has them instead of noise everywhere
  bool input_gradient;  ///< the first layer of a model needs none
};

constexpr Layer kLayers[] = {
    {"simple 28x28x1 8", {28, 28, 1, 3, 3, 8}, 25, true, false},
    {"simple, no paper", {28, 28, 1, 3, 3, 8}, 25, false, false},
    {"simple, alone", {28, 28, 1, 3, 3, 8}, 1, true, false},
    {"conv1 28x28x1 32", {28, 28, 1, 3, 3, 32}, 16, true, false},
    {"conv1, no paper", {28, 28, 1, 3, 3, 32}, 16, false, true},
    {"conv2 13x13x32 64", {13, 13, 32, 3, 3, 64}, 16, false, true},
    {"5x5 28x28x1 8", {28, 28, 1, 5, 5, 8}, 25, true, false},
    {"5x5 12x12x16 24", {12, 12, 16, 5, 5, 24}, 25, false, true},
};

struct Problem {
  Floats x, w, bias, dy, y;
  std::vector<std::uint8_t> argmax;
  Floats scratch;
  double alive = 0;

  Problem(const Layer& layer, ziffer::Rng& rng) {
    const ConvPoolShape& s = layer.shape;
    const auto images = static_cast<std::size_t>(layer.images);
    x = layer.ink ? ink_pictures(rng, layer.images) : random_floats(rng, s.input_size() * images);
    w = random_floats(rng, s.weight_size());
    bias = random_floats(rng, static_cast<std::size_t>(s.filters));
    for (float& b : bias) b *= 0.1F;
    dy = random_floats(rng, s.pooled_size() * images);
    y.resize(dy.size());
    argmax.resize(dy.size());
    scratch.resize(conv_relu_pool_scratch(s));
    scalar::conv_relu_pool(s, layer.images, x, w, bias, y, argmax, {});
    for (const auto corner : argmax) alive += corner != kDead;
  }
};

template <class Variants, class Run>
void compare(Report& report, const char* kernel, const Layer& layer, double flops,
             std::size_t count, const Variants& variants, Run run) {
  if (!report.wants(kernel)) return;
  Floats expected(count), got(count);
  run(variants[0], expected);
  for (const auto& variant : variants) {
    if (!variant.serves(layer.shape)) continue;
    std::fill(got.begin(), got.end(), std::nanf(""));
    run(variant, got);
    Result result{kernel, layer.name, variant.name, layer.images, flops, {}};
    const double wrong = error(got, expected);
    if (!(wrong < 1e-5)) {
      report.wrong(result, wrong);
      continue;
    }
    result.time = measure([&] { run(variant, got); }, report.repetitions());
    report.add(result);
  }
}

}  // namespace

/// Forward counts the arithmetic of all sums that the pool reads; the gradients count that of the
/// alive outputs.
void bench_conv_pool(Report& report) {
  ziffer::Rng rng(2);
  for (const Layer& layer : kLayers) {
    const ConvPoolShape& s = layer.shape;
    Problem p(layer, rng);
    const double all = 2.0 * 4 * static_cast<double>(s.pooled_size()) * layer.images * s.taps();
    const double alive = 2.0 * p.alive * s.taps();
    compare(report, "conv_relu_pool", layer, all, p.y.size(), kConvPoolVariants,
            [&](const auto& v, Floats& y) {
              v.run(s, layer.images, p.x, p.w, p.bias, y, p.argmax, p.scratch);
            });
    Floats dbias(p.bias.size());
    compare(report, "conv weight gradient", layer, alive, p.w.size(),
            kConvPoolWeightGradientVariants, [&](const auto& v, Floats& dw) {
              v.run(s, layer.images, p.x, p.argmax, p.dy, dw, dbias, p.scratch);
            });
    if (!layer.input_gradient) continue;
    compare(report, "conv input gradient", layer, alive, p.x.size(), kConvPoolInputGradientVariants,
            [&](const auto& v, Floats& dx) {
              v.run(s, layer.images, p.w, p.argmax, p.dy, dx, p.scratch);
            });
  }
}

}  // namespace bench
