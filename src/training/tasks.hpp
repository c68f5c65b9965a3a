// The bytes that carry units of work to compute workers and their results back. Opaque to
// JavaScript.
#pragma once

#include "training/replica.hpp"
#include "training/wire.hpp"

namespace ziffer::training {

/// `told` is what shards tell at a meeting, and what all of them told.
enum class TaskKind : std::uint32_t {
  gradient = 0x7a666772,
  evaluation = 0x7a666576,
  told = 0x7a666d74
};

/// Heads every task and every result.
struct TaskHeader {
  TaskKind kind;
  std::uint32_t unit;
  std::uint64_t serial;  ///< tells a late answer from the one that is waited for
  GradientJob job;       ///< gradient tasks only
  std::uint32_t images;
  std::uint32_t round = 0;     ///< meetings of the step before this message
  std::uint64_t weighted = 0;  ///< 1 where each image's loss has a weight of its own
};

std::vector<std::uint8_t> encode_task(TaskHeader, std::span<const float> parameters,
                                      const Rows& rows);

/// The rows' views are valid as long as the task and its bytes.
struct Task {
  TaskHeader header;
  std::vector<float> parameters;
  std::vector<std::uint32_t> numbers;  ///< of the images in the data set
  std::vector<float> weights;
  Rows rows;
};
/// Errors, of all that read: `invalid_task` unless every field is one that this model, this batch
/// and these classes can give and the bytes end with the last one.
Task decode_task(std::span<const std::uint8_t> bytes, std::size_t parameters,
                 std::size_t image_size);

std::vector<std::uint8_t> encode_gradient(const TaskHeader&, ShardSums& sums);
void decode_gradient(WireReader&, const TaskHeader&, ShardSums& sums);
bool is_told(std::span<const std::uint8_t> message);
std::vector<std::uint8_t> encode_told(TaskHeader, std::span<const float> told);
/// The numbers behind the header.
std::vector<float> decode_told(WireReader&, std::size_t numbers);
std::vector<std::uint8_t> encode_evaluation(const TaskHeader&, const Evaluation&);
Evaluation decode_evaluation(WireReader&, const TaskHeader&, int classes);

}  // namespace ziffer::training
