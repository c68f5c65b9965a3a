// The callbacks that there are, in the order in which a fit calls them.
#pragma once

#include <optional>
#include <tuple>

#include "training/callbacks/early_stopping.hpp"
#include "training/callbacks/learning_rate_scheduler.hpp"
#include "training/callbacks/model_checkpoint.hpp"
#include "training/callbacks/reduce_lr_on_plateau.hpp"
#include "training/callbacks/terminate_on_nan.hpp"

namespace ziffer::training {

/// Of each at most one, as its settings. What sets an epoch's rate before it begins comes behind
/// what changes it after one.
using CallbackSettings = std::tuple<std::optional<EarlyStopping>, std::optional<ModelCheckpoint>,
                                    std::optional<ReduceLROnPlateau>, std::optional<TerminateOnNaN>,
                                    std::optional<LearningRateScheduler>>;

}  // namespace ziffer::training
