// What `fit` is told beside batches and epochs: weights of images, epochs of some steps, a first
// epoch that is not 0, and what ends it.
#include <cmath>

#include "runs.hpp"

namespace ziffer::training {
namespace {

FitOptions plain(int batch = 32, int epochs = 3) {
  FitOptions o = options(batch, epochs);
  o.validation_split = 0;
  return o;
}

std::vector<float> weights_by_class(const Dataset& data, const std::vector<float>& of_class) {
  std::vector<float> out;
  for (std::size_t i = 0; i < data.count(); ++i) out.push_back(of_class[data.label(i)]);
  return out;
}

}  // namespace

TEST_CASE("class_weight is a sample_weight by class, and a class without one counts 1") {
  const Dataset data = bands(150);
  FitOptions by_class = plain(), by_image = plain();
  by_class.class_weight = {0.5, 2};
  by_image.sample_weight = weights_by_class(data, {0.5F, 2, 1});
  for (const int threads : {1, 2, 3}) {
    const Run a = fit(data, by_class, threads), b = fit(data, by_image, threads);
    CHECK(same_bits(a.weights, b.weights));
    CHECK(a.history.json() == b.history.json());
    CHECK(same_bits(a.weights, fit(data, by_class, 1).weights));
  }
  CHECK_FALSE(same_bits(fit(data, by_class).weights, fit(data, plain()).weights));
}

TEST_CASE("weights of 1 learn what no weights do; a weight of 0 leaves an image out of the loss") {
  const Dataset data = bands(96);
  FitOptions ones = plain();
  ones.sample_weight.assign(data.count(), 1);
  const Run a = fit(data, ones), b = fit(data, plain());
  for (std::size_t i = 0; i < a.weights.size(); ++i) {
    CHECK(a.weights[i] == doctest::Approx(b.weights[i]).epsilon(1e-5));
  }
  FitOptions none = plain();
  none.sample_weight.assign(data.count(), 0);
  const Run c = fit(data, none);
  CHECK(same_bits(c.weights, small_model().initial_parameters(3)));
  CHECK(c.history.epochs.back().loss == 0);
  CHECK(c.history.epochs.back().accuracy > 0);  // as Keras's metrics, it has no weights
}

TEST_CASE("sample_weight weighs the validation that is split off, class_weight does not") {
  const Dataset data = bands(160);
  const auto first_validation = [&](const FitOptions& o) {
    return fit(data, o).history.epochs.front().val_loss;
  };
  FitOptions still = options(32, 1), by_class = still, by_image = still;
  by_class.class_weight = {1, 1, 1};
  by_image.sample_weight.assign(data.count(), 1);
  const double usual = first_validation(by_class);
  CHECK(first_validation(by_image) == doctest::Approx(usual));
  for (std::size_t i = 120; i < 160; ++i) by_image.sample_weight[i] = 0.25F;
  CHECK(first_validation(by_image) == doctest::Approx(0.25 * usual));
}

TEST_CASE("weights that do not fit the data are refused") {
  const Dataset data = bands(50);
  const auto refused = [&](const FitOptions& o) {
    CHECK_THROWS_WITH_AS(fit(data, o), doctest::Contains("weight"), Error);
  };
  FitOptions short_one = plain(), negative = plain(), both = plain(), fourth = plain();
  short_one.sample_weight.assign(49, 1);
  negative.sample_weight.assign(50, -1);
  both.sample_weight.assign(50, 1);
  both.class_weight = {1};
  fourth.class_weight = {1, 1, 1, 1};
  for (const FitOptions& o : {short_one, negative, both, fourth}) refused(o);
}

TEST_CASE("epochs of some steps go through the images, and begin anew where they end") {
  const Dataset data = bands(100);
  FitOptions whole = plain(10, 2), parts = plain(10, 6), more = plain(10, 2);
  parts.steps_per_epoch = 4;  // of 10: 4, 4, 2
  more.steps_per_epoch = 99;
  const Run a = fit(data, whole), b = fit(data, parts), c = fit(data, more);
  CHECK(same_bits(a.weights, b.weights));
  CHECK(same_bits(a.weights, c.weights));
  std::vector<int> steps;
  std::int64_t last = 0;
  for (const FitReport& r : b.reports) {
    if (r.epoch_ended) steps.push_back(r.steps);
    CHECK(r.total_step == last + 1);
    last = r.total_step;
  }
  CHECK(steps == std::vector{4, 4, 2, 4, 4, 2});
}

TEST_CASE("a fit from its initial epoch on is the rest of a longer one") {
  const Dataset data = bands(100);
  const nn::Sequential model = small_model();
  const auto train = [&](std::vector<std::pair<int, int>> parts) {
    std::vector<float> weights = model.initial_parameters(3);
    Optimizer optimizer({}, weights.size());
    std::vector<Replica> none;
    std::vector<int> epochs;
    for (const auto& [from, to] : parts) {
      FitOptions o = options(32, to);
      o.initial_epoch = from;
      Trainer trainer(model, weights, optimizer, data, nullptr, o);
      while (trainer.phase() != Phase::finished) {
        const FitReport r = run_phase(trainer, none);
        if (r.epoch_ended) epochs.push_back(r.epoch);
      }
    }
    return std::pair(weights, epochs);
  };
  const auto once = train({{0, 5}}), twice = train({{0, 2}, {2, 5}, {5, 5}, {7, 3}});
  CHECK(same_bits(once.first, twice.first));
  CHECK(once.second == twice.second);
}

TEST_CASE("validation looks at its first steps, and comes every so many epochs") {
  const Dataset data = bands(200);
  FitOptions o = options(20, 5);
  o.validation_steps = 2;
  o.validation_freq = 2;
  const Run run = fit(data, o);
  for (const FitReport& r : run.reports) {
    if (r.epoch_ended) CHECK(std::isnan(r.val_loss) == (r.epoch % 2 == 1));
  }
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer optimizer({}, weights.size());
  const auto range = [&](const FitOptions& told) {
    return Trainer(model, weights, optimizer, data, nullptr, told).validation_range();
  };
  CHECK(range(o).first == 150);
  CHECK(range(o).count == 40);
  o.validation_batch_size = 7;
  CHECK(range(o).count == 14);
  o.validation_steps = 1000;
  CHECK(range(o).count == 50);
}

TEST_CASE("TerminateOnNaN ends the training with the epoch whose loss is none") {
  const Dataset data = bands(100);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  FitOptions o = plain(16, 9);
  o.callbacks = callbacks_of(TerminateOnNaN{});
  Optimizer wild(SGD{.learning_rate = 1e30F}, weights.size());
  Trainer trainer(model, weights, wild, data, nullptr, o);
  std::vector<Replica> none;
  FitReport last;
  while (trainer.phase() != Phase::finished) last = run_phase(trainer, none);
  CHECK(last.epoch_ended);
  CHECK(last.stopped_early);
  CHECK_FALSE(std::isfinite(last.loss));
  CHECK(trainer.history().epochs.size() == static_cast<std::size_t>(last.epoch));
  for (const float w : weights) CHECK(std::isfinite(w));

  o.callbacks = callbacks_of(TerminateOnNaN{.raise_error = true});
  Optimizer again(SGD{.learning_rate = 1e30F}, weights.size());
  weights = model.initial_parameters(3);
  Trainer raising(model, weights, again, data, nullptr, o);
  CHECK_THROWS_AS(while (raising.phase() != Phase::finished) run_phase(raising, none), Error);
}

TEST_CASE("metrics are means over the images, with any number of threads, and resumed with a run") {
  const Dataset data = bands(200);
  const nn::Sequential model = small_model();
  const Objective objective(engine::CategoricalCrossentropy{},
                            {{"acc", CategoricalAccuracy{}},
                             {"top2", TopKCategoricalAccuracy{2}},
                             {"top3", TopKCategoricalAccuracy{3}},
                             {"sides", BinaryAccuracy{}},
                             {"again", engine::CategoricalCrossentropy{}}});
  const FitOptions o = options(32, 3);
  const auto train = [&](int threads, int resumed_after) {
    std::vector<float> weights = model.initial_parameters(3);
    Optimizer optimizer({}, weights.size());
    auto trainer =
        std::make_unique<Trainer>(model, weights, optimizer, data, nullptr, o, objective);
    std::vector<Replica> workers;
    for (int i = 1; i < threads; ++i) {
      workers.push_back(replica_from(replica_config(model, objective)));
    }
    for (int phase = 0; trainer->phase() != Phase::finished; ++phase) {
      if (phase == resumed_after) {
        const auto state = trainer->state();
        trainer = std::make_unique<Trainer>(model, weights, optimizer, data, nullptr, o, objective);
        trainer->restore(state);
      }
      run_phase(*trainer, workers);
    }
    return trainer->history();
  };
  const History usual = train(1, -1);
  CHECK(usual.metrics.size() == 3 * 2 * 5);
  for (std::size_t e = 0; e < 3; ++e) {
    const EpochLogs& logs = usual.epochs[e];
    const auto metric = [&](std::size_t m) { return usual.metrics[e * 10 + m]; };
    CHECK(metric(0) == logs.accuracy);
    CHECK(metric(5) == logs.val_accuracy);
    CHECK(metric(1) >= metric(0));
    CHECK(metric(2) == 1);
    CHECK(metric(8) > 0.5);
    CHECK(metric(4) == doctest::Approx(logs.loss).epsilon(1e-4));
    CHECK(metric(9) == doctest::Approx(logs.val_loss).epsilon(1e-4));
  }
  for (const int threads : {2, 3}) CHECK(train(threads, -1).json() == usual.json());
  for (const int phase : {2, 7}) CHECK(train(1, phase).json() == usual.json());
}

TEST_CASE("a rate that is set in a fit is logged from then on, and not where there is a schedule") {
  const Dataset data = bands(100);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer optimizer(SGD{.learning_rate = 0.5F}, weights.size());
  Trainer trainer(model, weights, optimizer, data, nullptr, plain(100, 3));
  std::vector<Replica> none;
  run_phase(trainer, none);
  CHECK(trainer.history().learning_rates.empty());
  trainer.set_learning_rate(0.25);
  run_phase(trainer, none);
  run_phase(trainer, none);
  CHECK(trainer.history().learning_rates == std::vector{0.5F, 0.25F, 0.25F});
  CHECK_THROWS_AS(trainer.set_learning_rate(-1), Error);
  CHECK_THROWS_AS(trainer.set_learning_rate(std::nan("")), Error);
}

TEST_CASE(
    "what fit and its callbacks got later leaves runs of before known where it says nothing") {
  FitOptions o = options(32, 3);
  o.callbacks = callbacks_of(EarlyStopping{}, ModelCheckpoint{});
  CHECK(to_json(o) ==
        R"({"batch_size":32,"epochs":3,"validation_split":0.25,"shuffle":true,"seed":9,)"
        R"("early_stopping":{"monitor":"val_loss","mode":"auto","min_delta":0.0,"patience":0,)"
        R"("restore_best_weights":false},)"
        R"("model_checkpoint":{"monitor":"val_loss","mode":"auto","save_best_only":false}})");
  o.steps_per_epoch = 3;
  std::get<std::optional<EarlyStopping>>(o.callbacks)->baseline = 0.5;
  const std::string told = to_json(o);
  CHECK(told.find(R"("steps_per_epoch":3)") != std::string::npos);
  CHECK(told.find(R"("baseline":0.5)") != std::string::npos);
  const FitOptions again = fit_options_from_json(told);
  CHECK(to_json(again) == told);
}

}  // namespace ziffer::training
