#include "training/shards.hpp"

#include <algorithm>

#include "kernels/elementwise.hpp"

namespace ziffer::training {

int shard_count(int batch) {
  int shards = kMostShards;
  while (shards > 1 && batch < shards * 8) shards /= 2;
  return shards;
}

std::vector<ShardRange> split_shards(int shards, int workers) {
  const int n = std::clamp(workers, 1, shards);
  std::vector<ShardRange> out;
  for (int i = 0; i < n; ++i) out.push_back({i * shards / n, (i + 1) * shards / n});
  return out;
}

void ShardSums::resize(int shards, std::size_t parameters) {
  slots_.resize(static_cast<std::size_t>(shards));
  for (auto& slot : slots_) slot.resize(parameters);
}

/// Visits the tree from its leaves; `wanted(s, size)` picks the nodes [s, s + size) to form from
/// their halves.
void ShardSums::reduce_if(int shards, auto&& wanted) {
  for (int size = 2; size <= shards; size *= 2) {
    for (int s = 0; s < shards; s += size) {
      if (wanted(s, size)) kernels::add(slot(s + size / 2), slot(s));
    }
  }
}

void ShardSums::reduce(int shards, ShardRange within) {
  reduce_if(shards, [&](int s, int size) { return s >= within.first && s + size <= within.last; });
}

void ShardSums::reduce_across(int shards, std::span<const ShardRange> reduced) {
  reduce_if(shards, [&](int s, int size) {
    return std::ranges::none_of(reduced,
                                [&](ShardRange r) { return s >= r.first && s + size <= r.last; });
  });
}

std::vector<int> node_slots(int shards, ShardRange range) {
  std::vector<int> out;
  int size = 1;
  for (int s = range.first; s < range.last; s += size) {
    out.push_back(s);
    size = shards;
    while (s % size != 0 || s + size > range.last) size /= 2;
  }
  return out;
}

}  // namespace ziffer::training
