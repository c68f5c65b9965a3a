#include "training/replica.hpp"

#include <algorithm>
#include <utility>

#include "config/json.hpp"
#include "kernels/elementwise.hpp"
#include "nn/config.hpp"
#include "training/load.hpp"
#include "training/options.hpp"
#include "training/units_under_way.hpp"

namespace ziffer::training {
namespace {

// Pictures of one pass: small enough that a chunk's activations stay in the second-level cache, and
// fixed for a model, since the order of summation follows it.
constexpr int kTrainingChunk = 32;
constexpr int kEvaluationChunk = 50;

}  // namespace

Replica::Replica(const nn::Sequential& model, const Objective& objective)
    : model_(model), objective_(objective) {
  if (!engine::meetings(model).empty())
    under_way_ = std::make_unique<UnitsUnderWay>(model, objective);
}

Replica::Replica(Replica&&) noexcept = default;
Replica::~Replica() = default;

std::string replica_config(const nn::Sequential& model, const Objective& objective) {
  const CompileOptions compiled{{}, objective.loss, objective.metrics};
  return Json::object().set("model", nn::to_json(model)).set("compiled", to_json(compiled)).dump();
}

Replica replica_from(const std::string& config) {
  const Json v = parse_json(config);
  const auto text = [&](const char* key) -> const std::string& {
    if (!v[key].is_text()) throw Error("invalid_task", "replica: its configuration is none.");
    return v[key].text();
  };
  const CompileOptions compiled = compile_options_from_json(text("compiled"));
  return Replica(nn::sequential_from_json(text("model")), {compiled.loss, compiled.metrics});
}

engine::Program& Replica::training_program() {
  if (!training_) {
    training_ = std::make_unique<engine::Program>(
        model_, engine::ProgramOptions{.capacity = engine::images_at_once(model_, kTrainingChunk),
                                       .training = true,
                                       .loss = objective_.loss});
    chunk_gradient_.resize(model_.parameter_count());
  }
  return *training_;
}

engine::Program& Replica::evaluation_program() {
  if (!evaluation_) {
    evaluation_ = std::make_unique<engine::Program>(
        model_, engine::ProgramOptions{.capacity = engine::images_at_once(model_, kEvaluationChunk),
                                       .loss = objective_.loss});
  }
  return *evaluation_;
}

void Replica::gradient(std::span<const float> parameters, const GradientJob& job, const Rows& rows,
                       ShardSums& sums) {
  for (int s = job.range.first; s < job.range.last; ++s) {
    shard_gradient(parameters, job, rows, s, sums);
  }
  sums.reduce(job.shards, job.range);
}

void Replica::shard_gradient(std::span<const float> parameters, const GradientJob& job,
                             const Rows& rows, int shard, ShardSums& sums) {
  engine::Program& program = training_program();
  const int offset = shard_begin(job.range.first, job.shards, job.batch);
  const int begin = shard_begin(shard, job.shards, job.batch);
  const int end = shard_begin(shard + 1, job.shards, job.batch);
  ShardLoss loss;
  for (int first = begin; first < end; first += program.capacity()) {
    const auto n = static_cast<std::size_t>(std::min(program.capacity(), end - first));
    const auto row = static_cast<std::size_t>(first - offset);
    load(rows, row, n, program);
    label_chunk(rows, row, n);
    const engine::DropoutKey key{job.seed, job.step, static_cast<std::uint32_t>(first),
                                 static_cast<std::uint32_t>(job.epoch), rows.numbers_of(row, n)};
    const bool fresh = first == begin;
    const kernels::LossSum sum =
        program.gradient(parameters, chunk_labels_, 1.0F / static_cast<float>(job.batch), key,
                         fresh ? sums.slot(shard) : std::span(chunk_gradient_), chunk_weights_);
    if (!fresh) kernels::add(chunk_gradient_, sums.slot(shard));
    loss.loss += sum.loss;
    loss.correct += sum.correct;
    measure(objective_.metrics, program.output(), chunk_labels_, loss.metrics);
  }
  sums.loss(shard) = loss;
}

void Replica::label_chunk(const Rows& rows, std::size_t first, std::size_t n) {
  chunk_labels_.resize(n);
  for (std::size_t i = 0; i < n; ++i) chunk_labels_[i] = rows.label(first + i);
  chunk_weights_.resize(rows.weighted() ? n : 0);
  for (std::size_t i = 0; i < chunk_weights_.size(); ++i)
    chunk_weights_[i] = rows.weight(first + i);
}

Evaluation Replica::evaluate(std::span<const float> parameters, const Rows& rows) {
  engine::Program& program = evaluation_program();
  Evaluation out;
  out.predicted.reserve(rows.count());
  out.confidence.reserve(rows.count());
  const std::size_t classes = model_.output().size();
  const auto chunk = static_cast<std::size_t>(program.capacity());
  for (std::size_t first = 0; first < rows.count(); first += chunk) {
    const std::size_t n = std::min(chunk, rows.count() - first);
    load(rows, first, n, program);
    label_chunk(rows, first, n);
    const kernels::LossSum sum = program.loss(parameters, chunk_labels_, chunk_weights_);
    out.loss += sum.loss;
    out.correct += sum.correct;
    measure(objective_.metrics, program.output(), chunk_labels_, out.metrics);
    for (std::size_t i = 0; i < n; ++i) {
      const auto p = program.output().subspan(i * classes, classes);
      const int best = kernels::argmax(p);
      out.predicted.push_back(static_cast<std::uint8_t>(best));
      out.confidence.push_back(p[static_cast<std::size_t>(best)]);
    }
  }
  return out;
}

std::vector<std::uint8_t> Replica::run(std::span<const std::uint8_t> bytes) {
  if (under_way_ && is_told(bytes)) return under_way_->go_on(bytes);
  Task task = decode_task(bytes, model_.parameter_count(), model_.input().size());
  for (std::size_t i = 0; i < task.rows.count(); ++i) {
    if (task.rows.label(i) >= model_.output().size()) {
      throw Error("invalid_task", "task: a label is not among the model's classes.");
    }
  }
  if (task.header.kind == TaskKind::evaluation) {
    return encode_evaluation(task.header, evaluate(task.parameters, task.rows));
  }
  if (under_way_) return under_way_->begin(std::move(task));
  own_sums_.resize(task.header.job.shards, model_.parameter_count());
  gradient(task.parameters, task.header.job, task.rows, own_sums_);
  return encode_gradient(task.header, own_sums_);
}

}  // namespace ziffer::training
