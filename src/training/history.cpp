#include "training/history.hpp"

#include "config/json.hpp"

namespace ziffer::training {

std::string History::json() const {
  Json epoch = Json::list(), lists = Json::object();
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    epoch.push(static_cast<std::size_t>(initial_epoch) + i);
  }
  const auto add = [&](const std::string& key, bool of_validation, auto number) {
    Json list = Json::list();
    for (std::size_t i = 0; i < epochs.size(); ++i) {
      const int epoch_number = initial_epoch + static_cast<int>(i) + 1;
      const bool validated = validation_freq > 0 && epoch_number % validation_freq == 0;
      if (!of_validation || validated) list.push(number(i));
    }
    if (!of_validation || list.size() > 0) lists.set(key, std::move(list));
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
  if (!learning_rates.empty()) lists.set("learning_rate", Json::list(learning_rates));
  return Json::object()
      .set("epoch", std::move(epoch))
      .set("history", std::move(lists))
      .set("bestEpoch", best_epoch)
      .set("stoppedEpoch", stopped_epoch)
      .dump();
}

void History::add_metrics(const MetricSums& trained, const MetricSums& validated) {
  for (const MetricSums& sums : {trained, validated}) {
    metrics.insert(metrics.end(), sums.begin(),
                   sums.begin() + static_cast<std::ptrdiff_t>(metric_keys.size()));
  }
}

}  // namespace ziffer::training
