// Steps whose shards meet: with BatchNormalization in training an image's answer depends on the
// whole batch, wherever its shards are computed.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "runs.hpp"
#include "training/tasks.hpp"

namespace ziffer::training {

namespace {

nn::Sequential normalizing_model(nn::BatchNormalization b = {.momentum = 0.8F}) {
  nn::Conv2D conv;
  conv.filters = 5;
  conv.kernel_size = {3, 3};
  nn::Dense hidden, head;
  hidden.units = 6;
  head.units = 3;
  head.activation = nn::Activation::softmax;
  return nn::Sequential("m", Shape{8, 8, 1},
                        {{"", b},
                         {"", conv},
                         {"", b},
                         {"", nn::ActivationLayer{nn::Activation::relu}},
                         {"", nn::MaxPooling2D{}},
                         {"", nn::Flatten{}},
                         {"", hidden},
                         {"", b},
                         {"", nn::Dropout{0.3F}},
                         {"", head}});
}

struct Outcome {
  std::vector<float> weights;
  double loss = 0;
};

Outcome train(const nn::Sequential& model, const Dataset& data, const FitOptions& o, int threads) {
  Outcome out{model.initial_parameters(3)};
  Optimizer optimizer({}, out.weights.size());
  Trainer trainer(model, out.weights, optimizer, data, nullptr, o);
  std::vector<Replica> workers;
  for (int i = 1; i < threads; ++i) workers.emplace_back(model);
  while (trainer.phase() != Phase::finished) run_phase(trainer, workers);
  out.loss = trainer.history().epochs.back().val_loss;
  return out;
}

/// The tensor of that name of a model's first layer that has it.
std::vector<float> tensor(const nn::Sequential& model, std::span<const float> weights,
                          const std::string& name) {
  for (const nn::Layer& layer : model.layers()) {
    for (const nn::Parameter& p : layer.parameters) {
      if (p.name != name) continue;
      const auto part = weights.subspan(p.offset, p.size());
      return {part.begin(), part.end()};
    }
  }
  return {};
}

}  // namespace

TEST_CASE("normalizing by the batch gives the same bits on any number of workers") {
  const Dataset data = bands(437);
  const nn::Sequential model = normalizing_model();
  for (const int batch : {1, 7, 16, 33, 64, 437}) {
    CAPTURE(batch);
    const Outcome one = train(model, data, options(batch, 1), 1);
    for (const int threads : {2, 3, 8}) {
      CAPTURE(threads);
      const Outcome many = train(model, data, options(batch, 1), threads);
      CHECK(same_bits(one.weights, many.weights));
      CHECK(one.loss == many.loss);
    }
  }
}

TEST_CASE("the moving statistics follow those of the batch, and stay where it is not trained") {
  const Dataset data = bands(64);
  const nn::Sequential model = normalizing_model();
  const std::vector<float> start = model.initial_parameters(3);
  FitOptions o = options(64, 1);
  o.validation_split = 0;
  const std::vector<float> after = train(model, data, o, 2).weights;
  double mean = 0, square = 0;
  constexpr double kPixels = 64 * 64;
  for (std::size_t i = 0; i < 64; ++i) {
    for (const std::uint8_t p : data.image(i)) {
      mean += p / 255.0 / kPixels;
      square += p / 255.0 * p / 255.0 / kPixels;
    }
  }
  CHECK(tensor(model, after, "moving_mean")[0] == doctest::Approx(0.2 * mean).epsilon(1e-5));
  CHECK(tensor(model, after, "moving_variance")[0] ==
        doctest::Approx(0.8 + 0.2 * (square - mean * mean)).epsilon(1e-5));

  const nn::BatchNormalization norm;
  nn::Dense head;
  head.units = 3;
  head.activation = nn::Activation::softmax;
  const nn::Sequential frozen("m", Shape{8, 8, 1},
                              {{"", norm, false}, {"", nn::Flatten{}}, {"", head}});
  const std::vector<float> kept = train(frozen, data, o, 1).weights;
  for (const char* name : {"gamma", "beta", "moving_mean", "moving_variance"}) {
    CHECK(
        same_bits(tensor(frozen, kept, name), tensor(frozen, frozen.initial_parameters(3), name)));
  }
}

TEST_CASE("a step whose worker is lost between two meetings begins again with the same bits") {
  const Dataset data = bands(200);
  const nn::Sequential model = normalizing_model();
  std::vector<float> weights = model.initial_parameters(3), twin = weights;
  Optimizer optimizer({}, weights.size()), twin_optimizer({}, weights.size());
  Trainer trainer(model, weights, optimizer, data, nullptr, options());
  Trainer reference(model, twin, twin_optimizer, data, nullptr, options());
  Replica lost(model);
  REQUIRE(trainer.begin(2) == 2);
  const std::vector<std::uint8_t> told = lost.run(trainer.export_unit(1));
  trainer.accept(told);
  trainer.run_unit(0);
  REQUIRE(trainer.meet());
  const std::vector<std::uint8_t> second = lost.run(trainer.export_unit(1));
  std::vector<Replica> workers, none;
  workers.emplace_back(model);
  run_phase(trainer, workers);
  run_phase(reference, none);
  CHECK(same_bits(weights, twin));

  trainer.begin(2);
  trainer.accept(second);
  trainer.accept(told);
  CHECK_FALSE(trainer.complete());
  run_phase(trainer, workers);
  run_phase(reference, none);
  CHECK(same_bits(weights, twin));
}

TEST_CASE("rounds cannot be left out, or mixed up by a message") {
  const Dataset data = bands(200);
  const nn::Sequential model = normalizing_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer optimizer({}, weights.size());
  Trainer trainer(model, weights, optimizer, data, nullptr, options());
  Replica worker(model), stranger(model);
  trainer.begin(2);
  CHECK_THROWS_AS(trainer.meet(), Error);
  const std::vector<std::uint8_t> told = worker.run(trainer.export_unit(1));
  CHECK_THROWS_AS(trainer.accept(std::span(told).first(told.size() - 1)), Error);
  std::vector<std::uint8_t> gradient = told;
  TaskHeader header{};
  std::memcpy(&header, told.data(), sizeof header);
  header.kind = TaskKind::gradient;
  std::memcpy(gradient.data(), &header, sizeof header);
  CHECK_THROWS_AS(trainer.accept(gradient), Error);
  trainer.accept(told);
  trainer.run_unit(0);
  CHECK(trainer.complete());
  CHECK_THROWS_AS(trainer.finish(), Error);
  REQUIRE(trainer.meet());
  trainer.accept(told);
  CHECK_FALSE(trainer.complete());
  const std::vector<std::uint8_t> next = trainer.export_unit(1);
  CHECK_THROWS_AS(stranger.run(next), Error);
  CHECK_THROWS_AS(worker.run(std::span(next).first(next.size() - 1)), Error);
  CHECK_NOTHROW(worker.run(next));
  CHECK_THROWS_AS(worker.run(next), Error);
}

TEST_CASE("a batch too large to be kept is refused with the largest that is not") {
  nn::Conv2D wide;
  wide.filters = 512;
  wide.kernel_size = {3, 3};
  wide.padding = nn::Padding::same;
  nn::Dense head;
  head.units = 10;
  const nn::Sequential model(
      "m", Shape{64, 64, 1},
      {{"", wide}, {"", nn::BatchNormalization{}}, {"", nn::GlobalAveragePooling2D{}}, {"", head}});
  const Dataset data(64, Shape{64, 64, 1}, 10);
  std::vector<float> weights(model.parameter_count());
  Optimizer optimizer({}, weights.size());
  const auto make = [&](int batch) {
    FitOptions o = options(batch, 1);
    Trainer(model, weights, optimizer, data, nullptr, o);
  };
  CHECK_NOTHROW(make(8));
  try {
    make(64);
    CHECK(false);
  } catch (const Error& e) {
    CHECK(e.code() == "invalid_config");
    CHECK(std::string(e.what()).find("smaller batch_size") != std::string::npos);
  }
}

}  // namespace ziffer::training
