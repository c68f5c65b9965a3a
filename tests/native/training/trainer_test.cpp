// Training: the bits of a run depend on its options alone, and Keras's words mean what they mean in
// Keras.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "runs.hpp"

namespace ziffer::training {

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
  const Run whole = fit(data, o, 1, nullptr, 0, SGD{.learning_rate = 1});

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
  const Adam still{.learning_rate = 0};
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
  for (const OptimizerSettings& settings :
       {OptimizerSettings(Adam{}), OptimizerSettings(SGD{.momentum = 0.5F}),
        OptimizerSettings(RMSprop{.momentum = 0.5F}), OptimizerSettings(AdamW{})}) {
    CAPTURE(settings.index());
    const nn::Sequential usual = small_model();
    std::vector<nn::LayerSpec> specs;
    for (const nn::Layer& layer : usual.layers()) specs.push_back({layer.name, layer.kind});
    specs.front().trainable = false;
    const nn::Sequential model("frozen", Shape{8, 8, 1}, specs);
    const std::vector<float> before = model.initial_parameters(3);
    std::vector<float> weights = before;
    Optimizer optimizer(settings, weights.size());
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

TEST_CASE("AdamW shrinks each weight by its share of it before Adam's step, at every size") {
  for (const std::size_t n : {std::size_t{1}, std::size_t{3}, std::size_t{4}, std::size_t{5},
                              std::size_t{8}, std::size_t{17}}) {
    CAPTURE(n);
    AdamW decayed;
    decayed.learning_rate = 0.25F;
    decayed.weight_decay = 0.5F;
    Optimizer adamw(decayed, n), adam(Adam{.learning_rate = 0.25F}, n);
    const std::vector<Range> all{{0, n}};
    std::vector<float> weights(n), shrunk(n), gradient(n);
    for (std::size_t i = 0; i < n; ++i) weights[i] = 1 + static_cast<float>(i);
    for (int step = 0; step < 3; ++step) {
      for (std::size_t i = 0; i < n; ++i) {
        gradient[i] = static_cast<float>(i) - 2;
        shrunk[i] = weights[i] - weights[i] * 0.5F * 0.25F;
      }
      adamw.step(gradient, weights, all);
      adam.step(gradient, shrunk, all);
      CHECK(same_bits(weights, shrunk));
    }
    CHECK(adamw.slots() == adam.slots());
  }
}

TEST_CASE("a model of logits with from_logits learns the bits of the same model with softmax") {
  const Dataset data = bands(200);
  const nn::Sequential with_softmax = small_model();
  std::vector<nn::LayerSpec> specs;
  for (const nn::Layer& layer : with_softmax.layers()) specs.push_back({layer.name, layer.kind});
  std::get<nn::Dense>(specs.back().kind).activation = nn::Activation::linear;
  const nn::Sequential logits("small", Shape{8, 8, 1}, specs);
  const auto trained = [&](const nn::Sequential& model, const engine::Loss& loss, int threads) {
    std::vector<float> weights = model.initial_parameters(3);
    Optimizer optimizer({}, weights.size());
    Trainer trainer(model, weights, optimizer, data, nullptr, options(), loss);
    std::vector<Replica> workers;
    for (int i = 1; i < threads; ++i) workers.push_back(replica_from(replica_config(model, loss)));
    while (trainer.phase() != Phase::finished) run_phase(trainer, workers);
    return std::pair(weights, trainer.history().json());
  };
  const auto usual = trained(with_softmax, {}, 1);
  for (const int threads : {1, 2, 3}) {
    const auto other =
        trained(logits, engine::CategoricalCrossentropy{.from_logits = true}, threads);
    CHECK(same_bits(other.first, usual.first));
    CHECK(other.second == usual.second);
  }
  // Without it Keras takes the outputs for shares that need not add up to 1.
  CHECK_FALSE(same_bits(trained(logits, {}, 1).first, usual.first));
  // With it a model that ends in softmax is trained on what comes before, as in Keras.
  CHECK(same_bits(
      trained(with_softmax, engine::CategoricalCrossentropy{.from_logits = true}, 2).first,
      usual.first));
}

TEST_CASE("a replica's configuration that is none is refused") {
  const std::string whole = replica_config(small_model(), {});
  CHECK_NOTHROW(replica_from(whole));
  for (const char* text :
       {"", "{}", "[]", "3", R"({"model": 3})", R"({"model": "{}", "compiled": "{}"})"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(replica_from(text), Error);
  }
  for (std::size_t n = 0; n < whole.size(); n += 7)
    CHECK_THROWS_AS(replica_from(whole.substr(0, n)), Error);
}

TEST_CASE(
    "a loss that is not finite ends training with advice, and keeps the weights of before that "
    "step") {
  const Dataset data = bands(100);
  FitOptions o = options(64, 5);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer wild(SGD{.learning_rate = 1e30F}, weights.size());
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

TEST_CASE("data and model that do not fit each other are refused by name") {
  const Dataset data = bands(10);
  const Dataset wide(10, Shape{9, 8, 1}, 3), many(10, Shape{8, 8, 1}, 4);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(1);
  Optimizer optimizer({}, weights.size());
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, wide, nullptr, options()), Error);
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, many, nullptr, options()), Error);
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, data, &wide, options()), Error);
  nn::Dense each_pixel;
  each_pixel.units = 3;
  const nn::Sequential image("image", Shape{8, 8, 1}, {{"", each_pixel}});
  std::vector<float> few = image.initial_parameters(1);
  std::string said;
  try {
    Trainer(image, few, optimizer, data, nullptr, options());
  } catch (const Error& e) {
    CHECK(e.code() == std::string("shape_mismatch"));
    said = e.what();
  }
  CHECK(said.find("(8, 8, 3)") != std::string::npos);
  CHECK(said.find("Flatten and Dense(3, softmax)") != std::string::npos);
  FitOptions all_validation = options();
  all_validation.validation_split = 0.99;
  CHECK_THROWS_AS(Trainer(model, weights, optimizer, bands(3), nullptr, all_validation), Error);
}

TEST_CASE("LearningRateScheduler gives each epoch its rate, and the last one to those behind it") {
  const Dataset data = bands(64);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer optimizer({}, weights.size());
  FitOptions o = options(32, 4);
  o.callbacks = callbacks_of(LearningRateScheduler{{0.25, 0.5, 0.125}});
  Trainer trainer(model, weights, optimizer, data, nullptr, o);
  std::vector<Replica> none;
  while (trainer.phase() != Phase::finished) run_phase(trainer, none);
  CHECK(trainer.history().learning_rates == std::vector<float>{0.25F, 0.5F, 0.125F, 0.125F});
  CHECK(optimizer.learning_rate() == 0.125F);
}

}  // namespace ziffer::training
