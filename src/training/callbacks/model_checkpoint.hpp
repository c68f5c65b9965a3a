#pragma once

#include "training/callback.hpp"

namespace ziffer::training {

/// Saves the weights of each epoch, or of those that are better than all before.
struct ModelCheckpoint {
  static constexpr const char* kName = "model_checkpoint";
  Watch watch = {};
  bool save_best_only = false;

  static void fields(auto& self, auto& v) {
    v.word("monitor", self.watch.monitor);
    v.word("mode", self.watch.mode);
    v.flag("save_best_only", self.save_best_only);
  }

  std::unique_ptr<Callback> make() const;
};

}  // namespace ziffer::training
