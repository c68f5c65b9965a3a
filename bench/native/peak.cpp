#include "core/simd.hpp"
#include "measure.hpp"

namespace bench {

namespace {

constexpr int kChains = 12;  // with the two constants as many as V8's 16 registers hold
constexpr int kSteps =
    256;  // short calls: engines change to their optimised code between calls only

/// x ← x·a + b in twelve chains: enough to hide the latency of a multiplication and an addition on
/// today's processors.
[[gnu::noinline]] float chains(float seed) {
  using ziffer::f32x4;
  const f32x4 a = ziffer::splat(0.5F), b = ziffer::splat(seed);
  f32x4 x[kChains];
  for (int c = 0; c < kChains; ++c) x[c] = ziffer::splat(static_cast<float>(c));
  for (int step = 0; step < kSteps; ++step)
    for (auto& chain : x) chain = chain * a + b;
  f32x4 total{};
  for (const auto& chain : x) total += chain;
  return ziffer::sum(total);
}

}  // namespace

double measure_peak() {
  volatile float seed = 1;
  volatile float sink = 0;
  const Timing time = measure([&] { sink = chains(seed); }, 60);
  return 2.0 * ziffer::kLanes * kChains * kSteps / time.fastest;
}

}  // namespace bench
