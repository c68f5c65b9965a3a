// A run that is saved and goes on.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include "runs.hpp"

namespace ziffer::training {

namespace {

FitOptions watched() {
  FitOptions o = options(50, 3);
  o.callbacks = callbacks_of(EarlyStopping{.patience = 2, .restore_best_weights = true},
                             ModelCheckpoint{.save_best_only = true});
  return o;
}

/// The last eight bytes become the sum of those before.
void reseal(std::vector<std::uint8_t>& state) {
  const std::uint64_t sum = digest(std::span<const std::uint8_t>(state).first(state.size() - 8));
  std::memcpy(state.data() + state.size() - 8, &sum, 8);
}

/// A number at that place changed, with a good sum.
std::vector<std::uint8_t> lying(std::vector<std::uint8_t> state, std::size_t at) {
  for (std::size_t i = at; i < at + 2; ++i) state[i] ^= 0x7F;
  reseal(state);
  return state;
}

}  // namespace

TEST_CASE("a run that goes on from its saved state ends in the bits of one that never stopped") {
  const Dataset data = bands(300);
  const FitOptions o = watched();
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

TEST_CASE("a run whose rate was reduced goes on with it, after a reload and in a second fit") {
  const Dataset data = bands(200);
  FitOptions o = options(50, 5);
  o.callbacks = callbacks_of(ReduceLROnPlateau{.factor = 0.5, .patience = 1, .min_delta = 1e6});
  const Run whole = fit(data, o);
  const std::vector<float>& rates = whole.history.learning_rates;
  CHECK(rates == std::vector<float>{0.001F, 0.001F, 0.0005F, 0.00025F, 0.000125F});
  const nn::Sequential model = small_model();
  std::vector<Replica> none;
  for (std::size_t stop_after = 0; stop_after < whole.reports.size(); stop_after += 2) {
    CAPTURE(stop_after);
    std::vector<float> first = model.initial_parameters(3), second(first.size());
    Optimizer before_optimizer({}, first.size()), after_optimizer({}, first.size());
    Trainer before(model, first, before_optimizer, data, nullptr, o);
    for (std::size_t i = 0; i < stop_after; ++i) run_phase(before, none);
    Trainer after(model, second, after_optimizer, data, nullptr, o);
    after.restore(before.state());
    while (after.phase() != Phase::finished) run_phase(after, none);
    CHECK(same_bits(second, whole.weights));
    CHECK(after.history().json() == whole.history.json());
    CHECK(after_optimizer.learning_rate() == 0.0000625F);
    // The second fit logs no rates, since nothing may change them.
    Trainer again(model, second, after_optimizer, data, nullptr, options(50, 1));
    while (again.phase() != Phase::finished) run_phase(again, none);
    CHECK(after_optimizer.learning_rate() == 0.0000625F);
    CHECK(again.history().learning_rates.empty());
  }
}

TEST_CASE("a saved run goes on with its own model, optimizer, settings and data only") {
  const Dataset data = bands(100), more = bands(101);
  const nn::Sequential model = small_model(), other_model = small_model(0.4F);
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer adam({}, weights.size()), slow(Adam{.learning_rate = 0.01F}, weights.size());
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
  patient.callbacks = callbacks_of(EarlyStopping{.patience = 2});
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
  for (const std::size_t at : {0, 4, 8, 20 + 6, 28, 60, 64, 68}) {
    CAPTURE(at);
    CHECK_THROWS_AS(same.restore(lying(state, kNumbers + at)), Error);
  }
  CHECK(same_bits(other, untouched));
}

TEST_CASE("what callbacks remember is checked as well") {
  const Dataset data = bands(100);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer adam({}, weights.size());
  const FitOptions o = watched();
  const std::vector<std::uint8_t> state = Trainer(model, weights, adam, data, nullptr, o).state();
  Trainer same(model, weights, adam, data, nullptr, o);
  // Before the learning rate and an empty list of rates: EarlyStopping's best, best epoch, wait and
  // the length of its weights, ModelCheckpoint's best and the length of its own; both have none
  // yet.
  const std::size_t checkpoint = state.size() - 8 - 12 - 16, stopping = checkpoint - 24;
  for (const std::size_t at : {stopping + 8, stopping + 12, stopping + 16, checkpoint + 8}) {
    CAPTURE(at);
    CHECK_THROWS_AS(same.restore(lying(state, at)), Error);
  }
  same.restore(state);
}

TEST_CASE("a saved run that ends before the learning rate goes on with the compiled one") {
  const Dataset data = bands(100);
  const nn::Sequential model = small_model();
  std::vector<float> weights = model.initial_parameters(3);
  Optimizer adam({}, weights.size());
  Trainer trainer(model, weights, adam, data, nullptr, options());
  adam.set_learning_rate(0.25F);
  const std::vector<std::uint8_t> state = trainer.state();
  std::vector<std::uint8_t> older = state;
  older.erase(older.end() - 20, older.end() - 8);
  reseal(older);
  trainer.restore(older);
  CHECK(adam.learning_rate() == 0.001F);
  trainer.restore(state);
  CHECK(adam.learning_rate() == 0.25F);
  std::vector<std::uint8_t> negative = state;
  negative[state.size() - 17] ^= 0x80;
  reseal(negative);
  CHECK_THROWS_AS(trainer.restore(negative), Error);
  // The length of the list of rates.
  CHECK_THROWS_AS(trainer.restore(lying(state, state.size() - 14)), Error);
  adam.reset();
  CHECK(adam.learning_rate() == 0.001F);
}

namespace {

std::vector<std::uint8_t> fixture(const char* name) {
  std::ifstream file(std::string(ZIFFER_SOURCE_DIR "/tests/native/training/fixtures/") + name,
                     std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("runs that were saved in version 2 go on to the bits of one that never stopped") {
  const Dataset data = bands(300);
  FitOptions callbacks = options(50, 3);
  callbacks.callbacks = callbacks_of(
      EarlyStopping{.watch = {Monitor::val_accuracy}, .patience = 2, .restore_best_weights = true},
      ModelCheckpoint{.save_best_only = true});
  struct Saved {
    const char* file;
    OptimizerSettings optimizer;
    FitOptions options;
  };
  const Saved runs[]{
      {"run_version2_adam.bin", Adam{}, callbacks},
      {"run_version2_rmsprop.bin", RMSprop{.momentum = 0.5F, .centered = true}, options(50, 3)},
      {"run_version2_sgd.bin", SGD{.learning_rate = 0.1F, .momentum = 0.5F, .nesterov = true},
       options(50, 3)},
  };
  const nn::Sequential model = small_model();
  for (const Saved& run : runs) {
    CAPTURE(run.file);
    const Run whole = fit(data, run.options, 1, nullptr, 0.3F, run.optimizer);
    const std::vector<std::uint8_t> saved = fixture(run.file);
    REQUIRE(saved.size() > 1000);
    std::vector<float> weights = model.initial_parameters(3);
    Optimizer optimizer(run.optimizer, weights.size());
    Trainer trainer(model, weights, optimizer, data, nullptr, run.options);
    trainer.restore(saved);
    std::vector<Replica> none;
    while (trainer.phase() != Phase::finished) run_phase(trainer, none);
    CHECK(same_bits(weights, whole.weights));
    CHECK(trainer.history().json() == whole.history.json());

    FitOptions other = run.options;
    other.seed = 10;
    Trainer stranger(model, weights, optimizer, data, nullptr, other);
    CHECK_THROWS_WITH_AS(stranger.restore(saved), doctest::Contains("other settings"), Error);
    for (std::size_t cut = 0; cut < saved.size(); cut += 1 + saved.size() / 97) {
      std::vector<std::uint8_t> shorter(saved.begin(), saved.begin() + static_cast<long>(cut));
      if (cut > 8) reseal(shorter);
      CHECK_THROWS_AS(trainer.restore(shorter), Error);
    }
  }
}

}  // namespace ziffer::training
