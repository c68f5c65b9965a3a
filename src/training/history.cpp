#include "training/history.hpp"

#include <nlohmann/json.hpp>

namespace ziffer::training {

std::string History::json() const {
  using nlohmann::ordered_json;
  ordered_json epoch = ordered_json::array();
  ordered_json lists = ordered_json::object();
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    epoch.push_back(static_cast<std::size_t>(initial_epoch) + i);
  }
  const auto add = [&](const std::string& key, bool of_validation, auto number) {
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < epochs.size(); ++i) {
      const int epoch_number = initial_epoch + static_cast<int>(i) + 1;
      const bool validated = validation_freq > 0 && epoch_number % validation_freq == 0;
      if (!of_validation || validated) list.push_back(number(i));
    }
    if (!of_validation || !list.empty()) lists[key] = list;
  };
  for (const bool val : {false, true}) {
    for (const Monitor m : val ? std::array{Monitor::val_accuracy, Monitor::val_loss}
                               : std::array{Monitor::accuracy, Monitor::loss}) {
      add(word(m), val, [&](std::size_t i) { return epochs[i][m]; });
    }
    const std::size_t each = 2 * metric_keys.size(), first = val ? metric_keys.size() : 0;
    for (std::size_t m = 0; m < metric_keys.size(); ++m) {
      add((val ? "val_" : "") + metric_keys[m], val, [&](std::size_t i) {
        return static_cast<double>(static_cast<float>(metrics[i * each + first + m]));
      });
    }
  }
  if (!learning_rates.empty()) lists["learning_rate"] = learning_rates;
  const ordered_json out{{"epoch", epoch},
                         {"history", lists},
                         {"bestEpoch", best_epoch},
                         {"stoppedEpoch", stopped_epoch}};
  return out.dump();
}

void History::add_metrics(const MetricSums& trained, const MetricSums& validated) {
  for (const MetricSums& sums : {trained, validated}) {
    metrics.insert(metrics.end(), sums.begin(),
                   sums.begin() + static_cast<std::ptrdiff_t>(metric_keys.size()));
  }
}

}  // namespace ziffer::training
