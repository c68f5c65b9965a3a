#include "training/meeting_shards.hpp"

#include <limits>

#include "core/index.hpp"
#include "training/load.hpp"

namespace ziffer::training {

int largest_meeting_batch(const nn::Sequential& model) {
  constexpr int kTimesOnePass = 3;  // 768 MB, of the 2 GB that WebAssembly's memory may grow to
  return kTimesOnePass *
         engine::images_at_once(model, std::numeric_limits<int>::max() / kTimesOnePass);
}

MeetingShards::MeetingShards(const nn::Sequential& model, const Objective& objective)
    : model_(model), objective_(objective) {}

void MeetingShards::begin(std::span<const float> parameters, const GradientJob& job,
                          const Rows& rows, ShardSums& sums) {
  job_ = job;
  sums_ = &sums;
  shards_.resize(at(job.range.last - job.range.first));
  for (int s = job.range.first; s < job.range.last; ++s) {
    start(shards_[at(s - job.range.first)], s, parameters, rows);
  }
}

void MeetingShards::start(Shard& shard, int index, std::span<const float> parameters,
                          const Rows& rows) {
  const int first = shard_begin(index, job_.shards, job_.batch);
  const int n = shard_begin(index + 1, job_.shards, job_.batch) - first;
  if (!shard.program || shard.program->capacity() < n) {
    shard.program = std::make_unique<engine::Program>(
        model_, engine::ProgramOptions{.capacity = n, .training = true, .loss = objective_.loss});
  }
  const std::size_t row = at(first - shard_begin(job_.range.first, job_.shards, job_.batch));
  load(rows, row, at(n), *shard.program);
  shard.labels.resize(at(n));
  for (std::size_t i = 0; i < at(n); ++i) shard.labels[i] = rows.label(row + i);
  shard.weights.resize(rows.weighted() ? at(n) : 0);
  for (std::size_t i = 0; i < shard.weights.size(); ++i) shard.weights[i] = rows.weight(row + i);
  const auto numbers = rows.numbers_of(row, at(n));
  shard.numbers.assign(numbers.begin(), numbers.end());
  shard.program->learn(parameters, shard.labels, 1.0F / static_cast<float>(job_.batch),
                       {job_.seed, job_.step, static_cast<std::uint32_t>(first),
                        static_cast<std::uint32_t>(job_.epoch), shard.numbers},
                       sums_->slot(index), shard.weights);
}

std::span<const float> MeetingShards::advance() {
  told_.clear();
  for (const Shard& shard : shards_) {
    const std::span<const float> told = shard.program->advance();
    told_.insert(told_.end(), told.begin(), told.end());
  }
  if (!told_.empty()) return told_;
  for (int s = job_.range.first; s < job_.range.last; ++s) {
    const Shard& shard = shards_[at(s - job_.range.first)];
    const kernels::LossSum sum = shard.program->learned();
    sums_->loss(s) = {sum.loss, sum.correct, {}};
    measure(objective_.metrics, shard.program->output(), shard.labels, sums_->loss(s).metrics);
  }
  sums_->reduce(job_.shards, job_.range);
  return {};
}

void MeetingShards::hear(std::span<const float> told_by_all) {
  for (const Shard& shard : shards_) shard.program->hear(told_by_all);
}

}  // namespace ziffer::training
