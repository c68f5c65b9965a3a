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
                   float scale, std::span<float> dlogits, Exponentials exponentials) {
  const auto n = static_cast<std::size_t>(classes);
  LossSum sum;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<float> z = logits.subspan(i * n, n);
    const std::size_t label = labels[i];
    const int best = argmax(z);
    const float top = z[static_cast<std::size_t>(best)];
    const float z_label = z[label] - top;
    exponentials(z, top);
    float total = 0;
    for (const float e : z) total += e;
    for (float& e : z) e /= total;
    sum.loss += static_cast<double>(ziffer::log(total) - z_label);
    sum.correct += best == static_cast<int>(label);
    if (dlogits.empty()) continue;
    const std::span<float> d = dlogits.subspan(i * n, n);
    for (std::size_t k = 0; k < n; ++k) d[k] = z[k] * scale;
    d[label] = (z[label] - 1.0F) * scale;
  }
  return sum;
}

}  // namespace

namespace scalar {

LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits) {
  return fused_loss(classes, logits, labels, scale, dlogits, [](std::span<float> z, float top) {
    for (float& v : z) v = ziffer::exp(v - top);
  });
}

LossSum cross_entropy(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale,
                      std::span<float> doutputs) {
  constexpr float kEpsilon = 1e-7F;
  const auto n = static_cast<std::size_t>(classes);
  LossSum sum;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<const float> y = outputs.subspan(i * n, n);
    const std::size_t label = labels[i];
    float total = 0;
    for (const float v : y) total += v;
    const float p = y[label] / total;
    const bool clipped = p < kEpsilon || p > 1.0F - kEpsilon;
    sum.loss -= static_cast<double>(ziffer::log(std::clamp(p, kEpsilon, 1.0F - kEpsilon)));
    sum.correct += argmax(y) == static_cast<int>(label);
    if (doutputs.empty()) continue;
    // d(-log(y_l / Σ))/dy_j = 1/Σ - [j = l]/y_l, and nothing where the clip holds the loss
    // constant.
    for (std::size_t j = 0; j < n; ++j) {
      const float own = j == label ? 1.0F / y[label] : 0.0F;
      doutputs[i * n + j] = clipped ? 0.0F : (1.0F / total - own) * scale;
    }
  }
  return sum;
}

LossSum squared_error(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale,
                      std::span<float> doutputs) {
  const auto n = static_cast<std::size_t>(classes);
  const float slope = 2.0F / static_cast<float>(classes) * scale;
  LossSum sum;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<const float> y = outputs.subspan(i * n, n);
    const std::size_t label = labels[i];
    float squares = 0;
    for (std::size_t j = 0; j < n; ++j) {
      const float error = y[j] - (j == label ? 1.0F : 0.0F);
      squares += error * error;
      if (!doutputs.empty()) doutputs[i * n + j] = error * slope;
    }
    sum.loss += static_cast<double>(squares / static_cast<float>(classes));
    sum.correct += argmax(y) == static_cast<int>(label);
  }
  return sum;
}

}  // namespace scalar

namespace simd128 {

LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits) {
  return fused_loss(classes, logits, labels, scale, dlogits, [](std::span<float> z, float top) {
    in_place(z, [top](f32x4 v) { return ziffer::exp(v - top); });
  });
}

}  // namespace simd128

LossSum softmax_cross_entropy(int classes, std::span<float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits) {
  return simd128::softmax_cross_entropy(classes, logits, labels, scale, dlogits);
}

LossSum cross_entropy(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale,
                      std::span<float> doutputs) {
  return scalar::cross_entropy(classes, outputs, labels, scale, doutputs);
}

LossSum squared_error(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale,
                      std::span<float> doutputs) {
  return scalar::squared_error(classes, outputs, labels, scale, doutputs);
}

}  // namespace ziffer::kernels
