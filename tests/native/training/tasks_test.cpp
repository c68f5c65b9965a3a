// What is computed by others: answers of gradients and evaluations.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "runs.hpp"
#include "training/tasks.hpp"

namespace ziffer::training {

TEST_CASE("answers that come late, twice or damaged change nothing") {
  const Dataset data = bands(200);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3), twin = weights;
  Optimizer optimizer({}, weights.size()), twin_optimizer({}, weights.size());
  Trainer trainer(model, weights, optimizer, data, nullptr, options());
  Trainer reference(model, twin, twin_optimizer, data, nullptr, options());
  Replica worker(model);
  std::vector<Replica> none;
  std::vector<std::uint8_t> late;
  for (int step = 0; step < 2; ++step) {
    trainer.begin(2);
    if (!late.empty()) trainer.accept(late);
    CHECK_FALSE(trainer.complete());
    CHECK_THROWS_AS(trainer.finish(), Error);
    const std::vector<std::uint8_t> answer = worker.run(trainer.export_unit(1));
    CHECK_THROWS_AS(trainer.accept(std::span(answer).first(answer.size() / 2)), Error);
    trainer.run_unit(0);
    trainer.accept(answer);
    trainer.accept(answer);
    late = answer;
    trainer.finish();
    run_phase(reference, none);
  }
  CHECK(same_bits(weights, twin));
  std::vector<std::uint8_t> task = trainer.begin(2) > 0 ? trainer.export_unit(0) : late;
  CHECK_THROWS_AS(worker.run(std::span(task).first(task.size() - 1)), Error);
  CHECK_THROWS_AS(worker.run(std::span(task).first(3)), Error);
}

TEST_CASE("evaluation counts what prediction says, in any distribution of its units") {
  const Dataset data = bands(1203);
  const nn::Sequential model = small_model();
  const std::vector<float> weights = model.initial_parameters(4);
  Replica here(model), there(model);
  Evaluator alone(model, data, 0, data.count()), shared(model, data, 0, data.count());
  const int units = alone.begin(weights);
  shared.begin(weights);
  for (int u = 0; u < units; ++u) alone.run_unit(u, here);
  for (int u = units - 1; u >= 0; --u) shared.accept(there.run(shared.export_unit(u)));
  const EvaluationReport a = alone.finish(), b = shared.finish();
  CHECK(a.loss == b.loss);
  CHECK(a.confusion == b.confusion);
  CHECK(a.predicted == b.predicted);
  std::uint32_t diagonal = 0, all = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    all += a.confusion[i];
    if (i % 4 == 0) diagonal += a.confusion[i];
  }
  CHECK(all == 1203);
  CHECK(a.accuracy == doctest::Approx(diagonal / 1203.0));
}

namespace {

/// What reads a message says to it with one field changed: only `invalid_task`, or nothing.
template <class Field>
std::string with(std::vector<std::uint8_t> message, std::size_t at, Field value, auto&& read) {
  std::memcpy(message.data() + at, &value, sizeof value);
  try {
    read(message);
  } catch (const Error& e) {
    return e.code();
  }
  return "taken";
}

constexpr std::size_t kRange = offsetof(TaskHeader, job) + offsetof(GradientJob, range);
constexpr std::size_t kShards = offsetof(TaskHeader, job) + offsetof(GradientJob, shards);
constexpr std::size_t kBatch = offsetof(TaskHeader, job) + offsetof(GradientJob, batch);
constexpr std::size_t kImages = offsetof(TaskHeader, images);

}  // namespace

TEST_CASE("a task is done only if it is a part of a batch and every field fits the model") {
  const Dataset data = bands(200);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer optimizer({}, weights.size());
  Trainer trainer(model, weights, optimizer, data, nullptr, options());
  trainer.begin(2);
  const std::vector<std::uint8_t> task = trainer.export_unit(0);
  Replica worker(model);
  const auto run = [&](const std::vector<std::uint8_t>& t) { worker.run(t); };
  CHECK(with(task, kShards, std::int32_t{8}, run) == "taken");
  for (const std::int32_t wrong : {-1, 0, 1, 7, 9, 1 << 30}) {
    CHECK(with(task, kShards, wrong, run) == "invalid_task");
    CHECK(with(task, kRange, wrong == 0 ? 2 : wrong, run) == "invalid_task");
    CHECK(with(task, kRange + 4, wrong, run) == "invalid_task");
    CHECK(with(task, kBatch, wrong, run) == "invalid_task");
    CHECK(with(task, kImages, wrong, run) == "invalid_task");
  }
  // 62,245,903 · 69 is 11 in 32 bits.
  CHECK(with(task, kImages, std::uint32_t{62'245'903}, run) == "invalid_task");
  std::vector<std::uint8_t> long_one = task;
  long_one.push_back(0);
  CHECK(with(long_one, kShards, std::int32_t{8}, run) == "invalid_task");
}

TEST_CASE("an answer counts only if a worker can have come to it") {
  const Dataset data = bands(200);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Replica worker(model);
  Evaluator evaluator(model, data, 0, data.count());
  evaluator.begin(weights);
  const std::vector<std::uint8_t> answer = worker.run(evaluator.export_unit(0));
  const auto accept = [&](const std::vector<std::uint8_t>& a) { evaluator.accept(a); };
  constexpr std::size_t kCorrect = sizeof(TaskHeader) + sizeof(double);
  for (const std::uint8_t predicted : std::vector<std::uint8_t>{3, 10, 255}) {
    CHECK(with(answer, kCorrect + 4 + sizeof(MetricSums), predicted, accept) == "invalid_task");
  }
  for (const std::int32_t correct : {-1, 201}) {
    CHECK(with(answer, kCorrect, correct, accept) == "invalid_task");
  }
  CHECK_FALSE(evaluator.complete());

  Optimizer optimizer({}, weights.size());
  Trainer trainer(model, weights, optimizer, data, nullptr, options());
  trainer.begin(2);
  std::vector<std::uint8_t> gradient = worker.run(trainer.export_unit(0));
  const auto take = [&](const std::vector<std::uint8_t>& a) { trainer.accept(a); };
  for (const std::int32_t correct : {-1, 9}) {
    CHECK(with(gradient, kCorrect, correct, take) == "invalid_task");
  }
  gradient.push_back(0);
  CHECK(with(gradient, kRange, std::int32_t{0}, take) == "invalid_task");
}

TEST_CASE("no message with a changed byte reaches beyond its place") {
  const Dataset data = bands(60);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer optimizer({}, weights.size());
  Trainer trainer(model, weights, optimizer, data, nullptr, options());
  Evaluator evaluator(model, data, 0, data.count());
  trainer.begin(2);
  evaluator.begin(weights);
  Replica worker(model);
  const std::vector<std::uint8_t> task = trainer.export_unit(0), answer = worker.run(task),
                                  evaluation = worker.run(evaluator.export_unit(0));
  const auto allowed = [](const std::string& code) {
    return code == "taken" || code == "invalid_task";
  };
  Rng rng(11);
  for (int i = 0; i < 600; ++i) {
    const auto byte = static_cast<std::uint8_t>(rng.next());
    const std::size_t header = rng.below(sizeof(TaskHeader));
    CHECK(allowed(with(task, header, byte, [&](const auto& m) { worker.run(m); })));
    CHECK(allowed(with(answer, header, byte, [&](const auto& m) { trainer.accept(m); })));
    CHECK(allowed(with(evaluation, rng.below(static_cast<std::uint32_t>(evaluation.size())), byte,
                       [&](const auto& m) { evaluator.accept(m); })));
  }
  for (int unit = 0; unit < 1; ++unit) evaluator.run_unit(unit, worker);
  CHECK(evaluator.finish().predicted.size() == 60);
}

}  // namespace ziffer::training
