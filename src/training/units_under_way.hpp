// What a compute worker has begun of steps whose shards meet: between two meetings its units wait
// here, with their Programs.
#pragma once

#include <memory>
#include <vector>

#include "training/meeting_shards.hpp"
#include "training/tasks.hpp"

namespace ziffer::training {

class UnitsUnderWay {
 public:
  UnitsUnderWay(const nn::Sequential&, const Objective&);

  /// Computes a gradient task up to the first meeting. The answer is what its shards tell.
  std::vector<std::uint8_t> begin(Task);
  /// What all shards of a step told, and so on to the next meeting, or to the gradients. Errors:
  /// `invalid_task` unless the unit that it goes to waits for it.
  std::vector<std::uint8_t> go_on(std::span<const std::uint8_t> message);

 private:
  struct Unit {
    Unit(const nn::Sequential& model, const Objective& objective) : shards(model, objective) {}
    TaskHeader header{};
    std::vector<float> parameters;
    ShardSums sums;
    MeetingShards shards;
    bool waits = false;
  };
  Unit& free_unit();
  std::vector<std::uint8_t> answer(Unit&);

  nn::Sequential model_;
  Objective objective_;
  std::vector<std::size_t> meetings_;
  std::vector<std::unique_ptr<Unit>> units_;  ///< the one begun last is the last
};

}  // namespace ziffer::training
