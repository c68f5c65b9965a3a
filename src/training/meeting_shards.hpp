// A part of a step whose images depend on each other, as with a BatchNormalization that is trained:
// each shard has a Program of its own, which waits at every meeting of the batch.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/program.hpp"
#include "training/gradient_job.hpp"
#include "training/metrics.hpp"
#include "training/rows.hpp"

namespace ziffer::training {

/// The images of the largest batch whose shards can meet: all their activations are kept at once.
int largest_meeting_batch(const nn::Sequential&);

class MeetingShards {
 public:
  MeetingShards(const nn::Sequential&, const Objective&);

  /// Starts the job's shards on `rows`, which begin with the first image of its range. Parameters
  /// and sums must stay until all is computed.
  void begin(std::span<const float> parameters, const GradientJob&, const Rows& rows, ShardSums&);

  /// Computes up to the next meeting: what each shard of the range tells there, in their order.
  /// Empty when the gradients are in the slots of the sums, reduced within the range.
  std::span<const float> advance();
  /// What all shards of the batch told.
  void hear(std::span<const float> told_by_all);

 private:
  struct Shard {
    std::unique_ptr<engine::Program> program;
    std::vector<std::uint8_t> labels;
    std::vector<float> weights;
    std::vector<std::uint32_t> numbers;  ///< of its images in the data set
  };
  void start(Shard&, int shard, std::span<const float> parameters, const Rows&);

  nn::Sequential model_;
  Objective objective_;
  GradientJob job_;
  ShardSums* sums_ = nullptr;
  std::vector<Shard> shards_;
  std::vector<float> told_;
};

}  // namespace ziffer::training
