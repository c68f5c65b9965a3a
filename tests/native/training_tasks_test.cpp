// What is computed by others: answers of gradients and evaluations.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "training_runs.hpp"

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

}  // namespace ziffer::training
