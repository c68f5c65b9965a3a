// Training: the bits of a run depend on its options alone, and Keras's words mean what they mean in
// Keras.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/rng.hpp"
#include "training/trainer.hpp"

using namespace ziffer;
using namespace ziffer::training;

namespace {

nn::Sequential small_model(float dropout = 0.3F) {
  nn::Conv2D conv;
  conv.filters = 4;
  conv.kernel_size = {3, 3};
  conv.activation = nn::Activation::relu;
  nn::Dense head;
  head.units = 3;
  head.activation = nn::Activation::softmax;
  return nn::Sequential("small", Shape{8, 8, 1},
                        {{"", conv},
                         {"", nn::MaxPooling2D{}},
                         {"", nn::Flatten{}},
                         {"", nn::Dropout{dropout}},
                         {"", head}});
}

/// Pictures whose bright band tells their class.
Dataset bands(std::size_t count) {
  Dataset data(count, Shape{8, 8, 1}, 3);
  Rng rng(5);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t label = rng.below(3);
    std::vector<std::uint8_t> pixels(64);
    for (std::size_t p = 0; p < 64; ++p) {
      const bool lit = p / 24 == label;
      pixels[p] = static_cast<std::uint8_t>(rng.below(100) + (lit ? 120U : 0U));
    }
    data.set_images(i, pixels);
    data.set_labels(i, std::vector<std::uint8_t>{static_cast<std::uint8_t>(label)});
  }
  return data;
}

FitOptions options(int batch = 64, int epochs = 2) {
  FitOptions o;
  o.batch_size = batch;
  o.epochs = epochs;
  o.validation_split = 0.25;
  o.seed = 9;
  return o;
}

/// One phase with its units shared by `workers`: the first here, the others by replicas of their
/// own, answered last first.
FitReport run_phase(Trainer& trainer, std::vector<Replica>& workers) {
  const int units = trainer.begin(static_cast<int>(workers.size()) + 1);
  for (int u = units - 1; u >= 0; --u) {
    if (workers.empty() || u == 0) {
      trainer.run_unit(u);
    } else {
      Replica& worker = workers[static_cast<std::size_t>(u) % workers.size()];
      trainer.accept(worker.run(trainer.export_unit(u)));
    }
  }
  REQUIRE(trainer.complete());
  return trainer.finish();
}

struct Run {
  std::vector<float> weights;
  History history;
  std::vector<FitReport> reports;
};

Run fit(const Dataset& data, const FitOptions& o, int threads = 1,
        const Dataset* validation = nullptr, float dropout = 0.3F,
        const OptimizerConfig& compiled = {}) {
  const nn::Sequential model = small_model(dropout);
  Run run{model.initial_parameters(3), {}, {}};
  Optimizer optimizer(compiled, run.weights.size());
  Trainer trainer(model, run.weights, optimizer, data, validation, o);
  std::vector<Replica> workers;
  for (int i = 1; i < threads; ++i) workers.emplace_back(model);
  while (trainer.phase() != Phase::finished) run.reports.push_back(run_phase(trainer, workers));
  run.history = trainer.history();
  return run;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE(
    "any number of workers gives the same bits, for every batch size and a last batch that is "
    "smaller") {
  const Dataset data = bands(437);
  for (const int batch : {1, 7, 8, 16, 33, 64, 200, 437, 1000}) {
    CAPTURE(batch);
    const Run one = fit(data, options(batch, 1));
    for (const int threads : {2, 3, 5, 8, 11}) {
      CAPTURE(threads);
      const Run many = fit(data, options(batch, 1), threads);
      CHECK(same_bits(one.weights, many.weights));
      CHECK(one.history.epochs[0].loss == many.history.epochs[0].loss);
      CHECK(one.history.epochs[0].val_loss == many.history.epochs[0].val_loss);
    }
  }
}

TEST_CASE("the seed decides: the same one gives the same run, another one another") {
  const Dataset data = bands(200);
  FitOptions other = options();
  other.seed = 10;
  CHECK(same_bits(fit(data, options()).weights, fit(data, options()).weights));
  CHECK_FALSE(same_bits(fit(data, options()).weights, fit(data, other).weights));
}

TEST_CASE("a step's gradient is the mean over the batch, however the batch is cut") {
  // With plain SGD one step moves the weights by rate · gradient; batches of 40 (4 shards) and one
  // image at a time must agree.
  const Dataset data = bands(40);
  FitOptions o = options(40, 1);
  o.validation_split = 0;
  const nn::Sequential model = small_model(0);
  const std::vector<float> start = model.initial_parameters(3);
  const Run whole = fit(data, o, 1, nullptr, 0, {.kind = OptimizerKind::sgd, .learning_rate = 1});

  engine::Program program(model, {.capacity = 1, .training = true});
  std::vector<double> mean(start.size());
  std::vector<float> gradient(start.size());
  for (std::size_t i = 0; i < 40; ++i) {
    const auto pixels = data.image(i);
    std::ranges::transform(pixels, program.input(1).begin(),
                           [](std::uint8_t p) { return static_cast<float>(p) / 255.0F; });
    const std::vector<std::uint8_t> label{data.label(i)};
    program.gradient(start, label, 1, {}, gradient);
    for (std::size_t j = 0; j < mean.size(); ++j) mean[j] += static_cast<double>(gradient[j]) / 40;
  }
  for (std::size_t j = 0; j < mean.size(); ++j) {
    CHECK(std::abs(static_cast<double>(start[j] - whole.weights[j]) - mean[j]) < 2e-6);
  }
}

TEST_CASE("validation data is the last fraction, cut off before shuffling") {
  const Dataset data = bands(100);
  Dataset head(75, Shape{8, 8, 1}, 3), tail(25, Shape{8, 8, 1}, 3);
  for (std::size_t i = 0; i < 100; ++i) {
    Dataset& part = i < 75 ? head : tail;
    const std::size_t at = i < 75 ? i : i - 75;
    part.set_images(at, data.image(i));
    part.set_labels(at, std::vector<std::uint8_t>{data.label(i)});
  }
  FitOptions explicit_data = options();
  explicit_data.validation_split = 0;
  const Run split = fit(data, options()), given = fit(head, explicit_data, 1, &tail);
  CHECK(same_bits(split.weights, given.weights));
  CHECK(split.history.epochs[1].val_loss == given.history.epochs[1].val_loss);
}

TEST_CASE("a second fit goes on with the optimizer's state, as Keras does until compile") {
  const Dataset data = bands(120);
  const nn::Sequential model = small_model(0);
  FitOptions o = options(30, 1);
  o.shuffle = false;
  const auto train = [&](std::vector<int> epochs_of_each_fit, bool compile_between) {
    std::vector<float> weights = model.initial_parameters(3);
    std::vector<Replica> none;
    Optimizer optimizer({}, weights.size());
    for (const int epochs : epochs_of_each_fit) {
      if (compile_between) optimizer = Optimizer({}, weights.size());
      o.epochs = epochs;
      Trainer trainer(model, weights, optimizer, data, nullptr, o);
      while (trainer.phase() != Phase::finished) run_phase(trainer, none);
    }
    return weights;
  };
  CHECK(same_bits(train({1, 2}, false), train({3}, false)));
  CHECK_FALSE(same_bits(train({1, 2}, true), train({3}, false)));
}

TEST_CASE("an epoch's loss and accuracy are the means of its batches, weighted by their sizes") {
  const Dataset data = bands(150);
  const Run run = fit(data, options(64, 1));
  double loss = 0, correct = 0;
  const double sizes[] = {64, 48};  // floor(150 · 0.75) = 112
  std::size_t step = 0;
  for (const FitReport& r : run.reports) {
    if (r.epoch_ended) continue;
    REQUIRE(step < 2);
    loss += r.batch_loss * sizes[step];
    correct += r.batch_accuracy * sizes[step++];
    CHECK(r.step == static_cast<int>(step));
    CHECK(r.steps == 2);
  }
  CHECK(run.history.epochs[0].loss == doctest::Approx(loss / 112).epsilon(1e-12));
  CHECK(run.history.epochs[0].accuracy == doctest::Approx(correct / 112).epsilon(1e-12));
}

TEST_CASE("each epoch visits every training image once, in another order") {
  // With a rate of 0 the loss of an epoch is the sum over its images: equal for any order, with any
  // batch cut.
  const Dataset data = bands(90);
  FitOptions o = options(16, 2);
  const OptimizerConfig still{.learning_rate = 0};
  const Run run = fit(data, o, 1, nullptr, 0, still);
  CHECK(run.history.epochs[0].loss == doctest::Approx(run.history.epochs[1].loss).epsilon(1e-9));
  CHECK(run.reports[0].batch_loss != run.reports[6].batch_loss);
  o.shuffle = false;
  const Run plain = fit(data, o, 1, nullptr, 0, still);
  CHECK(plain.reports[0].batch_loss == plain.reports[6].batch_loss);
}

TEST_CASE("it learns what can be learned") {
  const Run run = fit(bands(400), options(32, 12));
  CHECK(run.history.epochs.back().val_accuracy > 0.97);
}

TEST_CASE("layers that are not trainable keep their weights to the bit, the others learn") {
  const Dataset data = bands(120);
  for (const OptimizerKind kind :
       {OptimizerKind::adam, OptimizerKind::sgd, OptimizerKind::rmsprop}) {
    CAPTURE(static_cast<int>(kind));
    const nn::Sequential usual = small_model();
    std::vector<nn::LayerSpec> specs;
    for (const nn::Layer& layer : usual.layers()) specs.push_back({layer.name, layer.kind});
    specs.front().trainable = false;
    const nn::Sequential model("frozen", Shape{8, 8, 1}, specs);
    const std::vector<float> before = model.initial_parameters(3);
    std::vector<float> weights = before;
    Optimizer optimizer({.kind = kind, .momentum = 0.5F}, weights.size());
    Trainer trainer(model, weights, optimizer, data, nullptr, options());
    std::vector<Replica> none;
    while (trainer.phase() != Phase::finished) run_phase(trainer, none);
    const std::size_t frozen = model.layers().front().parameter_count();
    REQUIRE(frozen > 0);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (i < frozen) CHECK(weights[i] == before[i]);
    }
    CHECK_FALSE(std::equal(weights.begin() + static_cast<std::ptrdiff_t>(frozen), weights.end(),
                           before.begin() + static_cast<std::ptrdiff_t>(frozen)));
  }
}

TEST_CASE("a run that goes on from its saved state ends in the bits of one that never stopped") {
  const Dataset data = bands(300);
  FitOptions o = options(50, 3);
  o.early_stopping = EarlyStoppingConfig{.patience = 2, .restore_best_weights = true};
  o.model_checkpoint = ModelCheckpointConfig{.save_best_only = true};
  const Run whole = fit(data, o);
  const nn::Sequential model = small_model();
  for (std::size_t stop_after = 0; stop_after < whole.reports.size(); ++stop_after) {
    CAPTURE(stop_after);
    std::vector<Replica> none;
    std::vector<float> first = model.initial_parameters(3);
    Optimizer before_optimizer({}, first.size()), after_optimizer({}, first.size());
    Trainer before(model, first, before_optimizer, data, nullptr, o);
    for (std::size_t i = 0; i < stop_after; ++i) run_phase(before, none);
    const std::vector<std::uint8_t> state = before.state();

    std::vector<float> second(first.size(), 0.0F);
    Trainer after(model, second, after_optimizer, data, nullptr, o);
    after.restore(state);
    while (after.phase() != Phase::finished) run_phase(after, none);
    CHECK(same_bits(second, whole.weights));
    CHECK(after.history().json() == whole.history.json());
  }
}

TEST_CASE("a saved run goes on with its own model, optimizer, settings and data only") {
  const Dataset data = bands(100), more = bands(101);
  const nn::Sequential model = small_model(), other_model = small_model(0.4F);
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer adam({}, weights.size()), slow({.learning_rate = 0.01F}, weights.size());
  const std::vector<std::uint8_t> state =
      Trainer(model, weights, adam, data, nullptr, options()).state();
  const auto refusal = [&](const nn::Sequential& m, Optimizer& optimizer, const Dataset& d,
                           const FitOptions& o) {
    std::vector<float> target(weights.size(), 0.5F);
    Trainer trainer(m, target, optimizer, d, nullptr, o);
    try {
      trainer.restore(state);
    } catch (const Error& e) {
      CHECK(e.code() == "invalid_run");
      CHECK(same_bits(target, std::vector<float>(weights.size(), 0.5F)));
      return std::string(e.what());
    }
    return std::string("taken");
  };
  const auto names = [](const std::string& text, const char* what) {
    CAPTURE(text);
    CHECK(text.find(what) != std::string::npos);
  };
  CHECK(refusal(model, adam, data, options()) == "taken");
  names(refusal(other_model, adam, data, options()), "another model");
  names(refusal(model, slow, data, options()), "another optimizer");
  names(refusal(model, adam, more, options()), "other data");
  names(refusal(model, adam, data, options(32)), "other settings");
  FitOptions patient = options();
  patient.early_stopping = EarlyStoppingConfig{.patience = 2};
  names(refusal(model, adam, data, patient), "other settings");
}

TEST_CASE("a saved run that was cut off or changed anywhere is refused, and nothing changes") {
  const Dataset data = bands(100);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer adam({}, weights.size());
  Trainer trainer(model, weights, adam, data, nullptr, options());
  const std::vector<std::uint8_t> state = trainer.state();
  const std::vector<float> untouched(weights.size(), 0.5F);
  std::vector<float> other = untouched;
  Trainer same(model, other, adam, data, nullptr, options());
  for (std::size_t at = 0; at < state.size(); at += 1 + state.size() / 97) {
    CAPTURE(at);
    CHECK_THROWS_AS(same.restore(std::span(state).first(at)), Error);
    std::vector<std::uint8_t> changed = state;
    changed[at] ^= 0x40;
    CHECK_THROWS_AS(same.restore(changed), Error);
  }
  CHECK(same_bits(other, untouched));
}

TEST_CASE("a saved run with a good sum and lying numbers is refused, and nothing changes") {
  const Dataset data = bands(100);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer adam({}, weights.size());
  Trainer trainer(model, weights, adam, data, nullptr, options());
  std::vector<Replica> none;
  run_phase(trainer, none);
  const std::vector<std::uint8_t> state = trainer.state();
  const std::vector<float> untouched(weights.size(), 0.5F);
  std::vector<float> other = untouched;
  Trainer same(model, other, adam, data, nullptr, options());
  // Behind the magic and the binding: phase, epoch and step as 32 bits, the sum of losses, then
  // correct and seen as 64 … and the length of the first list.
  constexpr std::size_t kNumbers = 40;
  for (const std::size_t at : {0, 4, 8, 20 + 6, 28, 60, 64, 76, 80, 92}) {
    CAPTURE(at);
    std::vector<std::uint8_t> lying = state;
    for (std::size_t i = at; i < at + 2; ++i) lying[kNumbers + i] ^= 0x7F;
    const std::uint64_t sum = digest(std::span(lying).first(lying.size() - 8));
    std::memcpy(lying.data() + lying.size() - 8, &sum, 8);
    CHECK_THROWS_AS(same.restore(lying), Error);
  }
  CHECK(same_bits(other, untouched));
}

TEST_CASE(
    "a loss that is not finite ends training with advice, and keeps the weights of before that "
    "step") {
  const Dataset data = bands(100);
  FitOptions o = options(64, 5);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer wild({.kind = OptimizerKind::sgd, .learning_rate = 1e30F}, weights.size());
  Trainer trainer(model, weights, wild, data, nullptr, o);
  std::vector<Replica> none;
  std::vector<float> before;
  std::string code;
  try {
    while (trainer.phase() != Phase::finished) {
      before = weights;
      run_phase(trainer, none);
    }
  } catch (const Error& e) {
    code = e.code();
    CHECK(std::string(e.what()).find("learning rate") != std::string::npos);
  }
  CHECK(code == "not_finite");
  CHECK(trainer.phase() == Phase::finished);
  CHECK(same_bits(before, weights));
}

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

TEST_CASE("data and model that do not fit each other are refused by name") {
  const Dataset data = bands(10);
  const Dataset wide(10, Shape{9, 8, 1}, 3), many(10, Shape{8, 8, 1}, 4);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(1);
  Optimizer optimizer({}, weights.size());
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, wide, nullptr, options()), Error);
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, many, nullptr, options()), Error);
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, data, &wide, options()), Error);
  FitOptions all_validation = options();
  all_validation.validation_split = 0.99;
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, bands(3), nullptr, all_validation), Error);
}
