// What computes: the Programs of one model, fed with pictures as bytes. The trainer has one, and
// each compute worker. A worker's replica keeps no state between tasks, so a task may go to any of
// them, and again to another if one is lost; but where the shards of a batch meet, the rest of a
// step goes to the replica that began it, and if that is lost the step begins again.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/program.hpp"
#include "training/gradient_job.hpp"
#include "training/metrics.hpp"
#include "training/rows.hpp"

namespace ziffer::training {

class UnitsUnderWay;

/// What evaluating some pictures gives.
struct Evaluation {
  double loss = 0;  ///< sum
  std::int32_t correct = 0;
  MetricSums metrics{};                 ///< sums
  std::vector<std::uint8_t> predicted;  ///< most probable class of each picture
  std::vector<float> confidence;        ///< its probability
};

class Replica {
 public:
  explicit Replica(const nn::Sequential&, const Objective& = {});
  Replica(Replica&&) noexcept;
  ~Replica();

  /// Gradients of the job's shards into their slots of `sums`, reduced within the range. `rows`
  /// begins with the first image of the range.
  void gradient(std::span<const float> parameters, const GradientJob&, const Rows& rows,
                ShardSums& sums);

  Evaluation evaluate(std::span<const float> parameters, const Rows& rows);

  /// A task of Trainer::export_unit or Evaluator::export_unit; the answer is for their accept().
  /// Errors: `invalid_task`.
  std::vector<std::uint8_t> run(std::span<const std::uint8_t> task);

 private:
  engine::Program& training_program();
  engine::Program& evaluation_program();
  void shard_gradient(std::span<const float> parameters, const GradientJob&, const Rows& rows,
                      int shard, ShardSums& sums);
  /// Labels and weights of rows [first, first + n) into the chunk's.
  void label_chunk(const Rows& rows, std::size_t first, std::size_t n);

  nn::Sequential model_;
  Objective objective_;
  std::unique_ptr<engine::Program> training_, evaluation_;
  std::vector<float> chunk_gradient_;
  std::vector<std::uint8_t> chunk_labels_;
  std::vector<float> chunk_weights_;
  ShardSums own_sums_;
  std::unique_ptr<UnitsUnderWay> under_way_;  ///< null where no shards meet
};

/// All that a compute worker must know of a model, and the Replica that it makes of it. Errors:
/// `invalid_task` and those of nn::sequential_from_json.
std::string replica_config(const nn::Sequential&, const Objective&);
Replica replica_from(const std::string& config);

}  // namespace ziffer::training
