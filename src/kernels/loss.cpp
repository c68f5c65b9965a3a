#include "kernels/loss.hpp"

#include <algorithm>

#include "core/math.hpp"
#include "kernels/lanes.hpp"

namespace ziffer::kernels {

int argmax(std::span<const float> row) {
  return static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
}

namespace {

/// exponentials(z, top) makes e^(z - top) of a row.
template <class Exponentials>
LossSum fused_loss(int classes, std::span<float> logits, std::span<const std::uint8_t> labels,
                   float scale, std::span<float> dlogits, Targets t, Exponentials exponentials) {
  const auto n = static_cast<std::size_t>(classes);
  LossSum sum;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<float> z = logits.subspan(i * n, n);
    const std::size_t label = labels[i];
    const int best = argmax(z);
    const float top = z[static_cast<std::size_t>(best)];
    float aimed = (z[label] - top) * (t.on - t.off);
    if (t.off > 0) {
      for (const float v : z) aimed += (v - top) * t.off;
    }
    exponentials(z, top);
    float total = 0;
    for (const float e : z) total += e;
    for (float& e : z) e /= total;
    sum.loss += static_cast<double>(ziffer::log(total) - aimed);
    sum.correct += best == static_cast<int>(label);
    if (dlogits.empty()) continue;
    const std::span<float> d = dlogits.subspan(i * n, n);
    for (std::size_t k = 0; k < n; ++k) d[k] = (z[k] - t.off) * scale;
    d[label] = (z[label] - t.on) * scale;
  }
  return sum;
}

}  // namespace

namespace scalar {

LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits, Targets t) {
  return fused_loss(classes, logits, labels, scale, dlogits, t, [](std::span<float> z, float top) {
    for (float& v : z) v = ziffer::exp(v - top);
  });
}

}  // namespace scalar

namespace simd128 {

LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits, Targets t) {
  return fused_loss(classes, logits, labels, scale, dlogits, t, [](std::span<float> z, float top) {
    in_place(z, [top](f32x4 v) { return ziffer::exp(v - top); });
  });
}

}  // namespace simd128

LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits, Targets targets) {
  return simd128::softmax_cross_entropy(classes, logits, labels, scale, dlogits, targets);
}

}  // namespace ziffer::kernels
