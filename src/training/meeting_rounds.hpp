// The meetings of a step as its trainer sees them: a round ends when every shard has told what the
// others must know, the last one with the gradients.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "training/shards.hpp"

namespace ziffer::training {

class MeetingRounds {
 public:
  /// How many numbers a shard tells at each meeting.
  explicit MeetingRounds(std::vector<std::size_t> numbers) : numbers_(std::move(numbers)) {}

  bool any() const noexcept { return !numbers_.empty(); }
  std::uint32_t round() const noexcept { return round_; }
  /// Whether this round's answers are gradients.
  bool last() const noexcept { return round_ == numbers_.size(); }

  void begin(int shards);
  /// How many numbers these shards tell in this round.
  std::size_t told_by(ShardRange) const;
  void put(ShardRange, std::span<const float> told);
  /// Starts the next round. Not after the last.
  void next();
  /// What all shards told in the round before, in their order; not in the first.
  std::span<const float> told_before() const noexcept { return before_; }

 private:
  std::vector<std::size_t> numbers_;
  std::uint32_t round_ = 0;
  std::size_t shards_ = 0;
  std::vector<float> now_, before_;
};

}  // namespace ziffer::training
