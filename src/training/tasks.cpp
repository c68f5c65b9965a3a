#include "training/tasks.hpp"

#include <algorithm>
#include <utility>

#include "core/sizes.hpp"

namespace ziffer::training {
namespace {

/// The largest batch that fit takes.
constexpr std::int32_t kLargestBatch = 65536;

bool is_part_of_batch(const GradientJob& j, std::uint32_t images) {
  if (j.batch < 1 || j.batch > kLargestBatch || j.shards != shard_count(j.batch)) return false;
  if (j.range.first < 0 || j.range.first >= j.range.last || j.range.last > j.shards) return false;
  const int first = shard_begin(j.range.first, j.shards, j.batch);
  return std::cmp_equal(images, shard_begin(j.range.last, j.shards, j.batch) - first);
}

[[noreturn]] void refuse_answer() {
  throw Error("invalid_task", "answer: its numbers cannot be right.");
}

}  // namespace

std::vector<std::uint8_t> encode_task(TaskHeader header, std::span<const float> parameters,
                                      const Rows& rows) {
  WireWriter out;
  out.reserve(
      sum_of(sizeof header, parameters.size_bytes(), size_of(rows.count(), rows.image_size + 9)));
  header.images = static_cast<std::uint32_t>(rows.count());
  header.weighted = rows.weighted() ? 1 : 0;
  out.put(header);
  out.put_all(parameters);
  rows.fetch(0, rows.count());
  for (std::size_t i = 0; i < rows.count(); ++i) out.put_all(rows.image(i));
  for (std::size_t i = 0; i < rows.count(); ++i) out.put(rows.label(i));
  if (header.kind == TaskKind::gradient) out.put_all(rows.numbers_of(0, rows.count()));
  if (!rows.weighted()) return out.take();
  for (std::size_t i = 0; i < rows.count(); ++i) out.put(rows.weight(i));
  return out.take();
}

Task decode_task(std::span<const std::uint8_t> bytes, std::size_t parameters,
                 std::size_t image_size) {
  WireReader in(bytes);
  // Looked at before the parameters' memory is taken.
  const auto h = in.get<TaskHeader>();
  const bool trains = h.kind == TaskKind::gradient;
  const bool known = trains || h.kind == TaskKind::evaluation;
  const bool weighted = h.weighted == 1;
  const std::uint64_t each = std::uint64_t{image_size} + 1 + (trains ? sizeof(std::uint32_t) : 0) +
                             (weighted ? sizeof(float) : 0);
  const std::uint64_t expected = count_of(parameters, sizeof(float)) + count_of(h.images, each);
  if (!known || h.weighted > 1 || h.images < 1 || h.images > kLargestBatch ||
      in.left() != expected) {
    throw Error("invalid_task", "task: it does not fit this model.");
  }
  if (trains && !is_part_of_batch(h.job, h.images)) {
    throw Error("invalid_task", "task: its shards are not a part of its batch.");
  }
  Task task{h,
            std::vector<float>(parameters),
            std::vector<std::uint32_t>(trains ? h.images : 0),
            std::vector<float>(weighted ? h.images : 0),
            {}};
  in.get_all(std::span(task.parameters));
  task.rows.image_size = image_size;
  task.rows.pixels = in.take(size_of(h.images, image_size));
  task.rows.labels = in.take(h.images);
  in.get_all(std::span(task.numbers));
  in.get_all(std::span(task.weights));
  task.rows.numbers = task.numbers;
  task.rows.weights = task.weights;
  return task;
}

std::vector<std::uint8_t> encode_gradient(const TaskHeader& header, ShardSums& sums) {
  WireWriter out;
  out.put(header);
  const GradientJob& job = header.job;
  for (int s = job.range.first; s < job.range.last; ++s) out.put(sums.loss(s));
  for (const int s : node_slots(job.shards, job.range)) {
    out.put_all(std::span<const float>(sums.slot(s)));
  }
  return out.take();
}

void decode_gradient(WireReader& in, const TaskHeader& header, ShardSums& sums) {
  const GradientJob& job = header.job;
  for (int s = job.range.first; s < job.range.last; ++s) {
    const auto loss = in.get<ShardLoss>();
    const int images =
        shard_begin(s + 1, job.shards, job.batch) - shard_begin(s, job.shards, job.batch);
    if (loss.correct < 0 || loss.correct > images) refuse_answer();
    sums.loss(s) = loss;
  }
  for (const int s : node_slots(job.shards, job.range)) in.get_all(sums.slot(s));
  if (in.left() > 0) refuse_answer();
}

bool is_told(std::span<const std::uint8_t> message) {
  return WireReader(message).get<TaskHeader>().kind == TaskKind::told;
}

std::vector<std::uint8_t> encode_told(TaskHeader header, std::span<const float> told) {
  header.kind = TaskKind::told;
  WireWriter out;
  out.put(header);
  out.put_all(told);
  return out.take();
}

std::vector<float> decode_told(WireReader& in, std::size_t numbers) {
  if (in.left() != count_of(numbers, sizeof(float))) refuse_answer();
  std::vector<float> told(numbers);
  in.get_all(std::span(told));
  return told;
}

std::vector<std::uint8_t> encode_evaluation(const TaskHeader& header, const Evaluation& e) {
  WireWriter out;
  out.put(header);
  out.put(e.loss);
  out.put(e.correct);
  out.put(e.metrics);
  out.put_all(std::span<const std::uint8_t>(e.predicted));
  out.put_all(std::span<const float>(e.confidence));
  return out.take();
}

Evaluation decode_evaluation(WireReader& in, const TaskHeader& header, int classes) {
  Evaluation e;
  e.loss = in.get<double>();
  e.correct = in.get<std::int32_t>();
  e.metrics = in.get<MetricSums>();
  if (in.left() != count_of(header.images, sizeof(std::uint8_t) + sizeof(float))) refuse_answer();
  e.predicted.resize(header.images);
  e.confidence.resize(header.images);
  in.get_all(std::span(e.predicted));
  in.get_all(std::span(e.confidence));
  const bool known = std::ranges::all_of(e.predicted, [=](int p) { return p < classes; });
  if (!known || e.correct < 0 || std::cmp_greater(e.correct, header.images)) refuse_answer();
  return e;
}

}  // namespace ziffer::training
