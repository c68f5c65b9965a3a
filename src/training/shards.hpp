// How a batch is cut so that the sum of its gradients has the same bits on any number of workers:
// into a number of shards that depends on the batch alone, added up as a fixed binary tree.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "training/metrics.hpp"

namespace ziffer::training {

inline constexpr int kMostShards = 8;

/// A power of two: 8, but fewer for batches so small that a shard would hold fewer than eight
/// images.
int shard_count(int batch);

/// First image of shard `s` (or the end, for s = shards).
inline int shard_begin(int s, int shards, int batch) { return s * batch / shards; }

/// Shards [first, last): what one worker computes of a batch.
struct ShardRange {
  int first, last;
};

/// `workers` neighbouring ranges, as equal as possible; fewer where there are fewer shards.
std::vector<ShardRange> split_shards(int shards, int workers);

struct ShardLoss {
  double loss = 0;
  std::int32_t correct = 0;
  MetricSums metrics{};
};

/// One gradient a shard, [parameters] each. A node of the tree that covers shards [s, s + size) is
/// stored at slot s.
class ShardSums {
 public:
  void resize(int shards, std::size_t parameters);

  std::span<float> slot(int s) { return slots_[static_cast<std::size_t>(s)]; }
  ShardLoss& loss(int s) { return losses_[static_cast<std::size_t>(s)]; }

  /// Adds up what lies within the range, as far as the tree has nodes there.
  void reduce(int shards, ShardRange within);
  /// Adds up the rest, given that the ranges are reduced; the sum is slot(0).
  void reduce_across(int shards, std::span<const ShardRange> reduced);

 private:
  void reduce_if(int shards, auto&& wanted);

  std::vector<std::vector<float>> slots_;
  std::array<ShardLoss, kMostShards> losses_{};
};

/// The slots that hold the largest nodes within a reduced range: what a worker sends back.
std::vector<int> node_slots(int shards, ShardRange);

}  // namespace ziffer::training
