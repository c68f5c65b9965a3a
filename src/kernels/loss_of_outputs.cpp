// The losses of outputs as they are. NaN in gives NaN out: no comparison may hide it.
#include <algorithm>
#include <cmath>

#include "core/math.hpp"
#include "kernels/loss.hpp"

namespace ziffer::kernels {
namespace {

constexpr float kEpsilon = 1e-7F;

/// What Keras's clip makes of a number; where it holds it, the slope is none.
struct Clipped {
  float value;
  bool held;
};

Clipped clip(float x, float most = 1.0F - kEpsilon) {
  return {std::clamp(x, kEpsilon, most), x < kEpsilon || x > most};
}

/// The sum over the images of row(outputs, label, slopes); the slopes are empty or the row's.
template <class Row>
LossSum over_rows(int classes, std::span<const float> outputs, std::span<const std::uint8_t> labels,
                  std::span<float> doutputs, Row row) {
  const auto n = static_cast<std::size_t>(classes);
  LossSum sum;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::span<const float> y = outputs.subspan(i * n, n);
    const std::span<float> d = doutputs.empty() ? doutputs : doutputs.subspan(i * n, n);
    sum.loss += static_cast<double>(row(y, labels[i], d));
    sum.correct += argmax(y) == static_cast<int>(labels[i]);
  }
  return sum;
}

struct Term {
  float value, slope;
};

/// The sum of each(output, target) over a row, divided by `parts`.
template <class Each>
LossSum over_outputs(int classes, std::span<const float> outputs,
                     std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                     Targets t, float parts, Each each) {
  const float share = 1.0F / parts * scale;
  const auto row = [&](std::span<const float> y, std::size_t label, std::span<float> d) {
    float sum = 0;
    for (std::size_t j = 0; j < y.size(); ++j) {
      const Term term = each(y[j], j == label ? t.on : t.off);
      sum += term.value;
      if (!d.empty()) d[j] = term.slope * share;
    }
    return sum / parts;
  };
  return over_rows(classes, outputs, labels, doutputs, row);
}

}  // namespace

LossSum cross_entropy(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                      Targets t) {
  const auto row = [&](std::span<const float> y, std::size_t label, std::span<float> d) {
    float total = 0, loss = 0, open = 0;
    for (const float v : y) total += v;
    const auto target = [&](std::size_t j) { return j == label ? t.on : t.off; };
    for (std::size_t j = 0; j < y.size(); ++j) {
      if (target(j) == 0.0F) continue;
      const Clipped p = clip(y[j] / total);
      loss -= target(j) * ziffer::log(p.value);
      if (!p.held) open += target(j);
    }
    // d(-Σ t_k log(y_k / Σ))/dy_j = Σ t_k / Σ - t_j / y_j, over the k that no clip holds.
    for (std::size_t j = 0; j < d.size(); ++j) {
      const bool own = target(j) != 0.0F && !clip(y[j] / total).held;
      d[j] = (open / total - (own ? target(j) / y[j] : 0.0F)) * scale;
    }
    return loss;
  };
  return over_rows(classes, outputs, labels, doutputs, row);
}

LossSum sparse_cross_entropy(int classes, std::span<const float> outputs,
                             std::span<const std::uint8_t> labels, float scale,
                             std::span<float> doutputs, Targets) {
  const auto row = [&](std::span<const float> y, std::size_t label, std::span<float> d) {
    float total = 0;
    for (const float v : y) total += clip(v).value;
    const float own = clip(y[label]).value;
    for (std::size_t j = 0; j < d.size(); ++j) {
      const float slope = 1.0F / total - (j == label ? 1.0F / own : 0.0F);
      d[j] = clip(y[j]).held ? 0.0F : slope * scale;
    }
    return -ziffer::log(own / total);
  };
  return over_rows(classes, outputs, labels, doutputs, row);
}

LossSum binary_cross_entropy(int classes, std::span<const float> outputs,
                             std::span<const std::uint8_t> labels, float scale,
                             std::span<float> doutputs, Targets targets) {
  const auto each = [](float y, float t) -> Term {
    const auto [p, held] = clip(y);
    const float value = -(t * ziffer::log(p) + (1.0F - t) * ziffer::log(1.0F - p));
    return {value, held ? 0.0F : (1.0F - t) / (1.0F - p) - t / p};
  };
  return over_outputs(classes, outputs, labels, scale, doutputs, targets,
                      static_cast<float>(classes), each);
}

LossSum sigmoid_cross_entropy(int classes, std::span<const float> logits,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> dlogits, Targets targets) {
  const auto each = [](float z, float t) -> Term {
    const float value = std::max(z, 0.0F) - z * t + ziffer::log(1.0F + ziffer::exp(-std::abs(z)));
    return {value, ziffer::sigmoid(z) - t};
  };
  return over_outputs(classes, logits, labels, scale, dlogits, targets, static_cast<float>(classes),
                      each);
}

LossSum squared_error(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                      Targets t) {
  const float slope = 2.0F / static_cast<float>(classes) * scale;
  const auto row = [&](std::span<const float> y, std::size_t label, std::span<float> d) {
    float squares = 0;
    for (std::size_t j = 0; j < y.size(); ++j) {
      const float error = y[j] - (j == label ? t.on : t.off);
      squares += error * error;
      if (!d.empty()) d[j] = error * slope;
    }
    return squares / static_cast<float>(classes);
  };
  return over_rows(classes, outputs, labels, doutputs, row);
}

LossSum absolute_error(int classes, std::span<const float> outputs,
                       std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                       Targets targets) {
  const auto each = [](float y, float t) -> Term {
    const float error = y - t;
    return {std::abs(error), error > 0 ? 1.0F : error < 0 ? -1.0F : error};
  };
  return over_outputs(classes, outputs, labels, scale, doutputs, targets,
                      static_cast<float>(classes), each);
}

LossSum kl_divergence(int classes, std::span<const float> outputs,
                      std::span<const std::uint8_t> labels, float scale, std::span<float> doutputs,
                      Targets targets) {
  const auto each = [](float y, float target) -> Term {
    const float t = clip(target, 1.0F).value;
    const auto [p, held] = clip(y, 1.0F);
    return {t * ziffer::log(t / p), held ? 0.0F : -t / p};
  };
  return over_outputs(classes, outputs, labels, scale, doutputs, targets, 1.0F, each);
}

}  // namespace ziffer::kernels
