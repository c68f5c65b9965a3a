// Evaluation in units that any worker can take: loss, accuracy and the confusion matrix of a part
// of a data set.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "training/dataset.hpp"
#include "training/replica.hpp"

namespace ziffer::training {

/// Errors: `shape_mismatch` unless the data's pictures and classes are what the model takes and
/// gives.
void check_fit(const nn::Sequential&, const Dataset&);

struct EvaluationReport {
  double loss = 0, accuracy = 0;
  MetricSums metrics{};                  ///< means
  std::vector<std::uint32_t> confusion;  ///< [classes][classes], a row a true class
  std::vector<std::uint8_t> predicted;
  std::vector<float> confidence;
};

class Evaluator {
 public:
  /// Images [first, first + count) of the data; `weights` of their losses, one an image of the
  /// data, or none.
  Evaluator(const nn::Sequential&, const Dataset&, std::size_t first, std::size_t count,
            std::span<const float> weights = {});

  /// Starts anew with these parameters, which must stay as they are until finish(). Returns the
  /// number of units.
  int begin(std::span<const float> parameters);
  void run_unit(int unit, Replica&);
  std::vector<std::uint8_t> export_unit(int unit) const;
  /// Errors: `invalid_task`. An answer to an earlier begin() is ignored.
  void accept(std::span<const std::uint8_t> result);
  bool complete() const noexcept { return missing_ == 0; }
  /// Errors: `incomplete` while units are missing.
  EvaluationReport finish() const;

 private:
  Rows rows(int unit) const;
  void put(int unit, Evaluation);

  const Dataset* data_;
  std::span<const float> weights_;
  std::size_t first_, count_;
  std::size_t unit_;  ///< images of one unit
  std::span<const float> parameters_;
  std::uint64_t serial_ = 0;
  std::vector<Evaluation> units_;
  std::vector<std::uint8_t> done_;
  int missing_ = 0;
};

}  // namespace ziffer::training
