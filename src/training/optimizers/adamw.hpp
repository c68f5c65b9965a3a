#pragma once

#include "training/optimizers/adam.hpp"

namespace ziffer::training {

/// Loshchilov & Hutter 2019: Adam whose weights shrink first, by their share weight_decay · rate.
/// Slots: Adam's.
struct AdamW : Adam {
  static constexpr const char* kName = "adamw";
  float weight_decay = 0.004F;

  static void fields(auto& self, auto& v) {
    Adam::fields(self, v);
    v.number("weight_decay", self.weight_decay, {0, up_to(1), "a weight_decay in [0, 1]"});
  }

  void step(const OptimizerStep&) const;
};

}  // namespace ziffer::training
