// Learning rates that depend on the steps done, as their settings: Keras's names and defaults.
#pragma once

#include <variant>

#include "training/schedules/cosine_decay.hpp"
#include "training/schedules/exponential_decay.hpp"
#include "training/schedules/inverse_time_decay.hpp"
#include "training/schedules/piecewise_constant_decay.hpp"
#include "training/schedules/polynomial_decay.hpp"

namespace ziffer::training {

using Schedule = std::variant<ExponentialDecay, CosineDecay, PiecewiseConstantDecay,
                              PolynomialDecay, InverseTimeDecay>;

}  // namespace ziffer::training
