#include "training/history.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace ziffer::training {

std::string History::json() const {
  using nlohmann::ordered_json;
  ordered_json epoch = ordered_json::array();
  ordered_json lists = ordered_json::object();
  for (std::size_t i = 0; i < epochs.size(); ++i) epoch.push_back(i);
  for (const Monitor m :
       {Monitor::accuracy, Monitor::loss, Monitor::val_accuracy, Monitor::val_loss}) {
    ordered_json list = ordered_json::array();
    for (const EpochLogs& e : epochs) list.push_back(e[m]);
    const bool measured = epochs.empty() ? m == Monitor::loss || m == Monitor::accuracy
                                         : !std::isnan(epochs.front()[m]);
    if (measured) lists[word(m)] = list;
  }
  if (!learning_rates.empty()) lists["learning_rate"] = learning_rates;
  const ordered_json out{{"epoch", epoch},
                         {"history", lists},
                         {"bestEpoch", best_epoch},
                         {"stoppedEpoch", stopped_epoch}};
  return out.dump();
}

}  // namespace ziffer::training
