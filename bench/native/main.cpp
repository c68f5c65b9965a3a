// ziffer_bench [--json] [--quick] [kernel]: every variant of every kernel on the layers of the
// lecture's models, natively or as wasm in Node. Each answer is held to the scalar reference before
// it is timed.
#include <cstdio>
#include <cstring>

#include "report.hpp"

namespace bench {

void Report::begin(double peak) {
  peak_ = peak;
  if (json_)
    std::printf("{\"peak_gflops\":%.2f}\n", peak);
  else
    std::printf(
        "SIMD multiply + add peak of one thread: %.1f GFLOP/s\n%-28s %-20s %-14s %6s %9s %9s %8s "
        "%6s\n",
        peak, "kernel", "shape", "variant", "images", "ns/image", "fastest", "GFLOP/s", "peak");
}

void Report::add(const Result& r) {
  const double gflops = r.flops / r.time.median;
  const double images = r.images;
  if (json_)
    std::printf(
        "{\"kernel\":\"%s\",\"shape\":\"%s\",\"variant\":\"%s\",\"images\":%d,\"ns_per_image\":%."
        "1f,"
        "\"fastest_ns_per_image\":%.1f,\"gflops\":%.2f,\"share_of_peak\":%.3f}\n",
        r.kernel.c_str(), r.shape.c_str(), r.variant.c_str(), r.images, r.time.median / images,
        r.time.fastest / images, gflops, gflops / peak_);
  else
    std::printf("%-28s %-20s %-14s %6d %9.0f %9.0f %8.1f %5.0f%%\n", r.kernel.c_str(),
                r.shape.c_str(), r.variant.c_str(), r.images, r.time.median / images,
                r.time.fastest / images, gflops, 100 * gflops / peak_);
  std::fflush(stdout);
}

void Report::wrong(const Result& r, double error) {
  failed_ = true;
  std::fprintf(stderr, "WRONG: %s %s %s differs from the scalar reference by %g\n",
               r.kernel.c_str(), r.shape.c_str(), r.variant.c_str(), error);
}

}  // namespace bench

int main(int argc, char** argv) {
  bool json = false;
  int repetitions = 101;
  const char* filter = "";
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--json") == 0)
      json = true;
    else if (std::strcmp(argv[i], "--quick") == 0)
      repetitions = 15;
    else
      filter = argv[i];
  }
  bench::Report report(json, filter, repetitions);
  report.begin(bench::measure_peak());
  bench::bench_gemm(report);
  bench::bench_conv_pool(report);
  return report.failed() ? 1 : 0;
}
