#include "training/meeting_rounds.hpp"

#include <algorithm>

#include "core/index.hpp"

namespace ziffer::training {

void MeetingRounds::begin(int shards) {
  round_ = 0;
  shards_ = at(shards);
  if (any()) now_.resize(shards_ * numbers_[0]);
}

std::size_t MeetingRounds::told_by(ShardRange range) const {
  return at(range.last - range.first) * numbers_[round_];
}

void MeetingRounds::put(ShardRange range, std::span<const float> told) {
  std::ranges::copy(told, std::span(now_).subspan(at(range.first) * numbers_[round_]).begin());
}

void MeetingRounds::next() {
  ++round_;
  now_.swap(before_);
  if (!last()) now_.resize(shards_ * numbers_[round_]);
}

}  // namespace ziffer::training
