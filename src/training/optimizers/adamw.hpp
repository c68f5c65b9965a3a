#pragma once

#include "training/optimizers/adam.hpp"

namespace ziffer::training {

/// Loshchilov & Hutter 2019: Adam whose weights shrink first. Slots: Adam's.
struct AdamW : Adam {
  static constexpr const char* kName = "adamw";
  static constexpr std::array kLater{"clipnorm", "clipvalue",    "global_clipnorm",
                                     "use_ema",  "ema_momentum", "ema_overwrite_frequency"};
  constexpr AdamW() { weight_decay = 0.004F; }
};

}  // namespace ziffer::training
