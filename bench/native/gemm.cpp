#include "kernels/gemm.hpp"

#include "data.hpp"
#include "report.hpp"

namespace bench {

namespace {

using namespace ziffer::kernels;

struct Dense {
  const char* name;
  int images, in, out;
};

constexpr Dense kLayers[] = {
    {"simple 1352->16", 25, 1352, 16},   {"simple 16->10", 25, 16, 10},
    {"two-conv 1600->10", 16, 1600, 10}, {"softmax 784->10", 25, 784, 10},
    {"simple 1352->16", 1, 1352, 16},    {"simple 1352->16", 200, 1352, 16},
    {"im2col 676x9->8", 676, 9, 8},      {"wide 1600->128", 16, 1600, 128}};

std::string label(const Dense& d) { return d.name; }

template <class Variants, class Run>
void compare(Report& report, const char* kernel, const Dense& layer, const GemmShape& s,
             const Variants& variants, Run run) {
  if (!report.wants(kernel)) return;
  const auto count = static_cast<std::size_t>(s.m) * static_cast<std::size_t>(s.n);
  Floats expected(count), c(count), scratch(gemm_scratch(s));
  run(variants[0], expected, scratch);
  for (const auto& variant : variants) {
    std::fill(c.begin(), c.end(), std::nanf(""));
    run(variant, c, scratch);
    Result result{kernel, label(layer), variant.name, layer.images, 2.0 * s.m * s.n * s.k, {}};
    const double wrong = error(c, expected);
    if (wrong > 0) {
      report.wrong(result, wrong);
      continue;
    }
    result.time = measure([&] { run(variant, c, scratch); }, report.repetitions());
    report.add(result);
  }
}

}  // namespace

void bench_gemm(Report& report) {
  ziffer::Rng rng(1);
  for (const Dense& d : kLayers) {
    const auto x =
        random_floats(rng, static_cast<std::size_t>(d.images) * static_cast<std::size_t>(d.in));
    const auto dy =
        random_floats(rng, static_cast<std::size_t>(d.images) * static_cast<std::size_t>(d.out));
    const auto w =
        random_floats(rng, static_cast<std::size_t>(d.in) * static_cast<std::size_t>(d.out));
    const auto bias = random_floats(rng, static_cast<std::size_t>(d.out));
    const GemmShape forward{d.images, d.out, d.in};
    compare(report, "gemm", d, forward, kGemmVariants,
            [&](const auto& v, Floats& c, Floats& t) { v.run(forward, x, w, bias, c, t); });
    const GemmShape weights{d.in, d.out, d.images};
    compare(report, "gemm_at", d, weights, kGemmAtVariants,
            [&](const auto& v, Floats& c, Floats& t) { v.run(weights, x, dy, c, t); });
    const GemmShape inputs{d.images, d.in, d.out};
    compare(report, "gemm_bt", d, inputs, kGemmBtVariants,
            [&](const auto& v, Floats& c, Floats& t) { v.run(inputs, dy, w, c, t); });
  }
}

}  // namespace bench
