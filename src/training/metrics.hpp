// What `compile` names to be measured besides the loss. Every metric is a mean over the images of
// what it gives for one, computed of the outputs as predictions show them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "engine/losses.hpp"

namespace ziffer::training {

/// Whether the largest output, the first on ties, is the label's.
struct CategoricalAccuracy {
  static constexpr const char* kName = "categorical_accuracy";
  static constexpr void fields(auto&, auto&) {}
  double operator()(std::span<const float> outputs, std::uint8_t label) const;
};

/// Whether fewer than k outputs are larger than the label's.
struct TopKCategoricalAccuracy {
  static constexpr const char* kName = "top_k_categorical_accuracy";
  int k = 5;
  static constexpr void fields(auto& self, auto& v) { v.whole("k", self.k, 1, 256); }
  double operator()(std::span<const float> outputs, std::uint8_t label) const;
};

/// The share of outputs that are on the label's side of the threshold.
struct BinaryAccuracy {
  static constexpr const char* kName = "binary_accuracy";
  float threshold = 0.5F;
  static constexpr void fields(auto& self, auto& v) {
    v.number("threshold", self.threshold, {-1e9, up_to(1e9), "a threshold of at most 1e9 in size"});
  }
  double operator()(std::span<const float> outputs, std::uint8_t label) const;
};

template <class Losses>
struct WithLosses;
/// Each loss is a metric, too.
template <class... Losses>
struct WithLosses<std::variant<Losses...>> {
  using Kinds =
      std::variant<CategoricalAccuracy, TopKCategoricalAccuracy, BinaryAccuracy, Losses...>;
};
using MetricKind = WithLosses<engine::Loss>::Kinds;

struct Metric {
  std::string key;  ///< in logs and history
  MetricKind kind;
};
using Metrics = std::vector<Metric>;

inline constexpr std::size_t kMostMetrics = 16;

/// Sums over images, one a metric.
using MetricSums = std::array<double, kMostMetrics>;

/// What each metric gives for each image, added in their order. outputs: [images][classes].
void measure(const Metrics&, std::span<const float> outputs, std::span<const std::uint8_t> labels,
             MetricSums&);

/// What a model is to learn, and what is measured of it meanwhile.
struct Objective {
  /// A loss alone is one.
  template <class Loss = engine::Loss>
  Objective(const Loss& its_loss = {}, Metrics measured = {})
      : loss(its_loss), metrics(std::move(measured)) {}

  engine::Loss loss;
  Metrics metrics;
};

}  // namespace ziffer::training
