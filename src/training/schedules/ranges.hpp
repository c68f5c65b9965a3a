#pragma once

#include "config/number_range.hpp"

namespace ziffer::training {

inline constexpr NumberRange kLearningRate{0, up_to(1e6), "a learning_rate in [0, 1000000]"};
inline constexpr NumberRange kRate{0, up_to(1e6), "a rate in [0, 1000000]"};
/// What must be given is out of its range until it is.
inline constexpr NumberRange kInitialRate{0, up_to(1e6),
                                          "an initial_learning_rate in [0, 1000000]"};
inline constexpr NumberRange kDecaySteps{1e-6, up_to(1e12), "decay_steps above 0"};
inline constexpr NumberRange kDecayRate{0, up_to(1e6), "a decay_rate in [0, 1000000]"};

}  // namespace ziffer::training
