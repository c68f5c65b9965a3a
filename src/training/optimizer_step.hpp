// What an optimizer is given, and the ranges that several of them share.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "config/number_range.hpp"

namespace ziffer::training {

struct Range {
  std::size_t first, count;
};

/// One update of weights that lie side by side. A slot that the optimizer does not use is empty.
struct OptimizerStep {
  std::uint64_t number;  ///< from 1
  std::span<const float> gradient;
  std::span<float> weights;
  std::span<const std::span<float>> slots;
};

inline constexpr NumberRange kLearningRate{0, up_to(1e6), "a learning_rate in [0, 1000000]"};
inline constexpr NumberRange kEpsilon{0, up_to(1), "an epsilon in [0, 1]"};
inline constexpr NumberRange kMomentum{0, up_to(1), "a momentum in [0, 1]"};

}  // namespace ziffer::training
