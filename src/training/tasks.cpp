#include "training/tasks.hpp"

namespace ziffer::training {

std::vector<std::uint8_t> encode_task(const TaskHeader& header, std::span<const float> parameters,
                                      const Rows& rows) {
  WireWriter out;
  out.reserve(sizeof header + parameters.size_bytes() + rows.count() * (rows.image_size + 1));
  out.put(header);
  out.put_all(parameters);
  rows.fetch(0, rows.count());
  for (std::size_t i = 0; i < rows.count(); ++i) out.put_all(rows.image(i));
  for (std::size_t i = 0; i < rows.count(); ++i) out.put(rows.label(i));
  return out.take();
}

Task decode_task(std::span<const std::uint8_t> bytes, std::size_t parameters,
                 std::size_t image_size) {
  WireReader in(bytes);
  Task task{in.get<TaskHeader>(), std::vector<float>(parameters), {}};
  in.get_all(std::span(task.parameters));
  const TaskHeader& h = task.header;
  const bool known = h.kind == TaskKind::gradient || h.kind == TaskKind::evaluation;
  if (!known || in.left() != h.images * (image_size + 1)) {
    throw Error("invalid_task", "task: it does not fit this model.");
  }
  const GradientJob& j = h.job;
  if (h.kind == TaskKind::gradient &&
      (j.shards < 1 || j.shards > kMostShards || j.range.first < 0 || j.range.last > j.shards ||
       j.range.first >= j.range.last || j.batch < 1 ||
       static_cast<std::uint32_t>(shard_begin(j.range.last, j.shards, j.batch) -
                                  shard_begin(j.range.first, j.shards, j.batch)) != h.images)) {
    throw Error("invalid_task", "task: its shards are not a part of its batch.");
  }
  task.rows.image_size = image_size;
  task.rows.pixels = in.take(h.images * image_size);
  task.rows.labels = in.take(h.images);
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
  for (int s = job.range.first; s < job.range.last; ++s) sums.loss(s) = in.get<ShardLoss>();
  for (const int s : node_slots(job.shards, job.range)) in.get_all(sums.slot(s));
}

std::vector<std::uint8_t> encode_evaluation(const TaskHeader& header, const Evaluation& e) {
  WireWriter out;
  out.put(header);
  out.put(e.loss);
  out.put(e.correct);
  out.put_all(std::span<const std::uint8_t>(e.predicted));
  out.put_all(std::span<const float>(e.confidence));
  return out.take();
}

Evaluation decode_evaluation(WireReader& in, const TaskHeader& header) {
  Evaluation e;
  e.loss = in.get<double>();
  e.correct = in.get<std::int32_t>();
  e.predicted.resize(header.images);
  e.confidence.resize(header.images);
  in.get_all(std::span(e.predicted));
  in.get_all(std::span(e.confidence));
  return e;
}

}  // namespace ziffer::training
