#include "training/evaluator.hpp"

#include <algorithm>
#include <utility>

#include "core/sizes.hpp"
#include "training/tasks.hpp"

namespace ziffer::training {
namespace {

/// Images whose losses are added up before they are added to the others'.
constexpr std::size_t kGroup = 500;

/// Images of a unit: a group, some milliseconds of work. A model that takes seconds for so many
/// gets smaller ones, so that it can be stopped; a chunk of 50 adds up to the same bits.
std::size_t unit_of(std::uint64_t work) {
  constexpr std::uint64_t kWork = std::uint64_t{1} << 34;
  constexpr std::size_t kChunk = 50;
  const std::uint64_t fit = work > 0 ? kWork / work : kGroup;
  if (fit >= kGroup) return kGroup;
  if (fit >= kChunk) return kChunk;
  return static_cast<std::size_t>(std::max<std::uint64_t>(fit, 1));
}

}  // namespace

void check_fit(const nn::Sequential& model, const Dataset& data) {
  if (model.input().size() != data.shape().size()) {
    throw Error("shape_mismatch", {"model \"", model.name(), "\": it takes ", model.input().text(),
                                   ", the data set has pictures of ", data.shape().text(),
                                   ". Give the first layer that inputShape."});
  }
  if (model.output() != Shape{data.classes()}) {
    throw Error("shape_mismatch", {"model \"", model.name(), "\": its output is ",
                                   model.output().text(), ", the data set has ",
                                   std::to_string(data.classes()), " classes. End the model with ",
                                   model.output().rank() > 1 ? "Flatten and Dense(" : "Dense(",
                                   std::to_string(data.classes()), ", softmax)."});
  }
}

Evaluator::Evaluator(const nn::Sequential& model, const Dataset& data, std::size_t first,
                     std::size_t count, std::span<const float> weights)
    : data_(&data), weights_(weights), first_(first), count_(count), unit_(unit_of(model.work())) {
  check_fit(model, data);
}

int Evaluator::begin(std::span<const float> parameters) {
  parameters_ = parameters;
  ++serial_;
  const std::size_t n = (count_ + unit_ - 1) / unit_;
  units_.assign(n, {});
  done_.assign(n, 0);
  missing_ = static_cast<int>(n);
  return missing_;
}

Rows Evaluator::rows(int unit) const {
  if (unit < 0 || static_cast<std::size_t>(unit) >= units_.size()) {
    throw Error("invalid_task", {"evaluation: there is no unit ", std::to_string(unit), "."});
  }
  const std::size_t from = size_of(unit, unit_);
  const std::size_t n = std::min(unit_, count_ - from);
  Rows out = data_->rows(first_ + from, n);
  if (!weights_.empty()) out.weights = weights_.subspan(first_ + from, n);
  return out;
}

void Evaluator::run_unit(int unit, Replica& replica) {
  put(unit, replica.evaluate(parameters_, rows(unit)));
}

std::vector<std::uint8_t> Evaluator::export_unit(int unit) const {
  const Rows r = rows(unit);
  return encode_task({TaskKind::evaluation, static_cast<std::uint32_t>(unit), serial_, {}, 0},
                     parameters_, r);
}

void Evaluator::accept(std::span<const std::uint8_t> result) {
  WireReader in(result);
  const auto header = in.get<TaskHeader>();
  if (header.kind != TaskKind::evaluation || header.unit >= units_.size() ||
      header.images != rows(static_cast<int>(header.unit)).count()) {
    throw Error("invalid_task", "evaluation: an answer that fits no question.");
  }
  if (header.serial != serial_) return;
  put(static_cast<int>(header.unit), decode_evaluation(in, header, data_->classes()));
}

void Evaluator::put(int unit, Evaluation e) {
  const auto i = static_cast<std::size_t>(unit);
  if (done_[i] != 0) return;
  done_[i] = 1;
  --missing_;
  units_[i] = std::move(e);
}

EvaluationReport Evaluator::finish() const {
  if (missing_ > 0) throw Error("incomplete", "evaluation: units are missing.");
  EvaluationReport out;
  const auto classes = static_cast<std::size_t>(data_->classes());
  out.confusion.resize(classes * classes);
  std::int64_t correct = 0;
  double group = 0;
  for (const Evaluation& u : units_) {
    group += u.loss;
    if ((out.predicted.size() + u.predicted.size()) % kGroup == 0) {
      out.loss += std::exchange(group, 0);
    }
    correct += u.correct;
    for (std::size_t m = 0; m < kMostMetrics; ++m) out.metrics[m] += u.metrics[m];
    out.predicted.insert(out.predicted.end(), u.predicted.begin(), u.predicted.end());
    out.confidence.insert(out.confidence.end(), u.confidence.begin(), u.confidence.end());
  }
  out.loss += group;
  for (std::size_t i = 0; i < count_; ++i) {
    ++out.confusion[data_->label(first_ + i) * classes + out.predicted[i]];
  }
  out.loss /= static_cast<double>(count_);
  for (double& sum : out.metrics) sum /= static_cast<double>(count_);
  out.accuracy = static_cast<double>(correct) / static_cast<double>(count_);
  return out;
}

}  // namespace ziffer::training
