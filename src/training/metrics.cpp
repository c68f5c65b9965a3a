#include "training/metrics.hpp"

#include <algorithm>

#include "core/index.hpp"

namespace ziffer::training {
namespace {

/// A loss sees outputs of its own, which it may change.
template <class Loss>
double measured(const Loss& loss, std::span<const float> outputs, std::uint8_t label) {
  if constexpr (requires { loss(outputs, label); }) {
    return loss(outputs, label);
  } else {
    std::vector<float> own(outputs.begin(), outputs.end());
    return loss(engine::Outputs{
                    static_cast<int>(own.size()), engine::Head::none, own, {&label, 1}, 0, {}})
        .loss;
  }
}

}  // namespace

double CategoricalAccuracy::operator()(std::span<const float> outputs, std::uint8_t label) const {
  return kernels::argmax(outputs) == int{label} ? 1 : 0;
}

double TopKCategoricalAccuracy::operator()(std::span<const float> outputs,
                                           std::uint8_t label) const {
  const float own = outputs[label];
  return std::ranges::count_if(outputs, [own](float o) { return !(o <= own); }) < k ? 1 : 0;
}

double BinaryAccuracy::operator()(std::span<const float> outputs, std::uint8_t label) const {
  int right = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    right += (outputs[i] > threshold) == (i == label);
  }
  return static_cast<double>(right) / static_cast<double>(outputs.size());
}

void measure(const Metrics& metrics, std::span<const float> outputs,
             std::span<const std::uint8_t> labels, MetricSums& sums) {
  if (metrics.empty()) return;
  const std::size_t classes = outputs.size() / labels.size();
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const auto row = outputs.subspan(i * classes, classes);
      sums[m] += std::visit([&](const auto& kind) { return measured(kind, row, labels[i]); },
                            metrics[m].kind);
    }
  }
}

}  // namespace ziffer::training
