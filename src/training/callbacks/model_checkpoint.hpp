#pragma once

#include <array>

#include "config/number_range.hpp"
#include "training/callback.hpp"

namespace ziffer::training {

/// Saves the weights of each epoch, or of those that are better than all before.
struct ModelCheckpoint {
  static constexpr const char* kName = "model_checkpoint";
  static constexpr std::array kLater{"initial_value_threshold"};
  Watch watch = {};
  bool save_best_only = false;
  std::optional<double> initial_value_threshold = {};  ///< what the first one must be better than

  static constexpr void fields(auto& self, auto& v) {
    v.word("monitor", self.watch.monitor);
    v.word("mode", self.watch.mode);
    v.flag("save_best_only", self.save_best_only);
    v.maybe("initial_value_threshold", self.initial_value_threshold,
            {-1e9, up_to(1e9), "an initial_value_threshold of at most 1e9 in size"});
  }

  std::unique_ptr<Callback> make() const;
};

}  // namespace ziffer::training
