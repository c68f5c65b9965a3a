// What a replica is told of the part of a step that it computes.
#pragma once

#include <cstdint>

#include "training/shards.hpp"

namespace ziffer::training {

/// A part of one step.
struct GradientJob {
  ShardRange range{};
  std::int32_t shards = 0;
  std::int32_t batch = 0;   ///< images of the whole step: what the gradient is divided by
  std::uint64_t seed = 0;   ///< of dropout
  std::uint64_t step = 0;   ///< of dropout
  std::uint64_t epoch = 0;  ///< of changed pictures
};

}  // namespace ziffer::training
