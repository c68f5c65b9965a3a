// How the bench times: warm-up, many repetitions of a batch long enough for the clock, the median
// of them.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace bench {

struct Timing {
  double median;  ///< nanoseconds of one call
  double fastest;
};

inline double now() {
  using namespace std::chrono;
  return duration<double, std::nano>(steady_clock::now().time_since_epoch()).count();
}

/// Calls run() until it is warm and a batch takes at least 300 µs, then times `repetitions`
/// batches.
template <class Run>
Timing measure(Run run, int repetitions) {
  constexpr double kWarmUp = 150e6;
  constexpr double kBatch = 0.3e6;
  int calls = 1;
  for (const double start = now(); now() - start < kWarmUp;) {
    const double before = now();
    for (int i = 0; i < calls; ++i) run();
    if (now() - before < kBatch) calls *= 2;
  }
  std::vector<double> times(static_cast<std::size_t>(repetitions));
  for (double& time : times) {
    const double before = now();
    for (int i = 0; i < calls; ++i) run();
    time = (now() - before) / calls;
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times.front()};
}

/// GFLOP/s of independent SIMD multiplications and additions that never leave the registers.
double measure_peak();

}  // namespace bench
