// A run that is saved and goes on.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "training_runs.hpp"

namespace ziffer::training {

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

}  // namespace ziffer::training
