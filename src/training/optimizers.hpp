// The optimizers that there are, as their settings: Keras's names and defaults.
#pragma once

#include <variant>

#include "training/optimizers/adadelta.hpp"
#include "training/optimizers/adagrad.hpp"
#include "training/optimizers/adam.hpp"
#include "training/optimizers/adamax.hpp"
#include "training/optimizers/adamw.hpp"
#include "training/optimizers/lion.hpp"
#include "training/optimizers/nadam.hpp"
#include "training/optimizers/rmsprop.hpp"
#include "training/optimizers/sgd.hpp"

namespace ziffer::training {

/// The first is what is used where none is named.
using OptimizerSettings =
    std::variant<Adam, SGD, RMSprop, AdamW, Adadelta, Adagrad, Adamax, Nadam, Lion>;

}  // namespace ziffer::training
