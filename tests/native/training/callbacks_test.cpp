// EarlyStopping and ModelCheckpoint on made-up courses of training, worked out by Keras 3's rules.
#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "training/options.hpp"

using namespace ziffer;
using namespace ziffer::training;

namespace {

EpochLogs logs(double val_loss, double val_accuracy = 0) { return {1, 1, val_loss, val_accuracy}; }

/// The 0-based epoch after which training stops, or -1.
int stops_at(const EarlyStopping& settings, std::initializer_list<double> values) {
  const auto stopping = settings.make();
  int epoch = 0;
  for (const double v : values) {
    const std::vector<float> weights{static_cast<float>(epoch)};
    Wishes wishes;
    stopping->epoch_end({epoch, logs(v, v), weights}, wishes);
    if (wishes.stop) return epoch;
    ++epoch;
  }
  return -1;
}

}  // namespace

TEST_CASE("patience counts epochs without improvement, and an improvement starts the count anew") {
  CHECK(stops_at({.patience = 2}, {5, 4, 4.1, 4.2, 4.3}) == 3);
  CHECK(stops_at({.patience = 2}, {5, 4, 4.1, 3.9, 4.0, 4.0}) == 5);
  CHECK(stops_at({.patience = 1}, {5, 6}) == 1);
  CHECK(stops_at({.patience = 0}, {5, 4, 4}) == 2);
  CHECK(stops_at({.patience = 0}, {5, 4, 3, 2}) == -1);
  CHECK(stops_at({.patience = 3}, {1, 2, 2, 2}) == 3);
}

TEST_CASE("an equal value is no improvement, nor one within min_delta") {
  CHECK(stops_at({.patience = 2}, {1, 1, 1}) == 2);
  CHECK(stops_at({.min_delta = 0.1, .patience = 2}, {1, 0.95, 0.91}) == 2);
  CHECK(stops_at({.min_delta = 0.1, .patience = 2}, {1, 0.95, 0.89, 0.88}) == -1);
}

TEST_CASE("mode max waits for larger values") {
  CHECK(stops_at({.watch = {Monitor::val_accuracy, Mode::max}, .patience = 2},
                 {0.5, 0.6, 0.6, 0.55}) == 3);
}

TEST_CASE("a missing value is passed over, as Keras does with a warning") {
  CHECK(stops_at({.patience = 1}, {std::nan(""), std::nan(""), std::nan("")}) == -1);
}

TEST_CASE("the best weights are kept only when they are to be restored") {
  const auto keeps = EarlyStopping{.patience = 5, .restore_best_weights = true}.make();
  const auto forgets = EarlyStopping{.patience = 5}.make();
  Wishes wishes;
  const double course[] = {3, 1, 2};
  for (int e = 0; e < 3; ++e) {
    const std::vector<float> weights{static_cast<float>(e)};
    keeps->epoch_end({e, logs(course[e]), weights}, wishes);
    forgets->epoch_end({e, logs(course[e]), weights}, wishes);
  }
  REQUIRE(keeps->weights_to_restore().size() == 1);
  CHECK(keeps->weights_to_restore()[0] == 1.0F);
  CHECK(keeps->best_epoch() == 1);
  CHECK(forgets->weights_to_restore().empty());
}

namespace {

/// The rate after each epoch, from 1.
std::vector<float> rates(const ReduceLROnPlateau& settings, std::initializer_list<double> values) {
  const auto reducing = settings.make();
  std::vector<float> out;
  float rate = 1;
  for (const double v : values) {
    Wishes wishes;
    reducing->epoch_end({static_cast<int>(out.size()), logs(v, v), {}, rate}, wishes);
    rate = wishes.learning_rate.value_or(rate);
    out.push_back(rate);
  }
  return out;
}

}  // namespace

TEST_CASE(
    "ReduceLROnPlateau reduces after `patience` epochs without improvement, then counts anew") {
  using Rates = std::vector<float>;
  CHECK(rates({.factor = 0.5, .patience = 2}, {5, 4, 4, 4, 4, 4, 3}) ==
        Rates{1, 1, 1, 0.5F, 0.5F, 0.25F, 0.25F});
  // Zero is as one.
  CHECK(rates({.factor = 0.5, .patience = 0}, {5, 5, 4, 5}) == Rates{1, 0.5F, 0.5F, 0.25F});
  CHECK(rates({.factor = 0.5, .patience = 1, .min_delta = 0.1}, {5, 4.95, 4.8}) ==
        Rates{1, 0.5F, 0.5F});
  CHECK(rates({.watch = {Monitor::val_accuracy, Mode::automatic}, .factor = 0.5, .patience = 1},
              {1, 2, 1}) == Rates{1, 1, 0.5F});
}

TEST_CASE(
    "ReduceLROnPlateau waits `cooldown` epochs, stops at min_lr and passes over what is missing") {
  using Rates = std::vector<float>;
  CHECK(rates({.factor = 0.5, .patience = 1, .cooldown = 2}, {5, 5, 5, 5, 5, 5}) ==
        Rates{1, 0.5F, 0.5F, 0.25F, 0.25F, 0.125F});
  CHECK(rates({.factor = 0.5, .patience = 1, .min_lr = 0.3}, {5, 5, 5, 5, 5}) ==
        Rates{1, 0.5F, 0.3F, 0.3F, 0.3F});
  CHECK(rates({.factor = 0.5, .patience = 1}, {std::nan(""), std::nan("")}) == Rates{1, 1});
}

TEST_CASE("ModelCheckpoint saves each epoch, or only the best") {
  const auto all = ModelCheckpoint{}.make(), best = ModelCheckpoint{.save_best_only = true}.make();
  const double course[] = {3, 2, 2.5, 1};
  const bool improves[] = {true, true, false, true};
  for (int e = 0; e < 4; ++e) {
    const std::vector<float> weights{static_cast<float>(e)};
    Wishes of_all, of_best;
    all->epoch_end({e, logs(course[e]), weights}, of_all);
    best->epoch_end({e, logs(course[e]), weights}, of_best);
    CHECK(of_all.checkpoint);
    CHECK(of_best.checkpoint == improves[e]);
    CHECK(all->saved_weights()[0] == static_cast<float>(e));
  }
  CHECK(best->saved_weights()[0] == 3.0F);
}

TEST_CASE("fit's options are read in Keras's words, with Keras's defaults") {
  const FitOptions plain = fit_options_from_json("{}");
  CHECK(plain.batch_size == 32);
  CHECK(plain.epochs == 1);
  CHECK(plain.shuffle);
  CHECK(std::get<Adam>(compile_options_from_json("{}").optimizer).learning_rate == 0.001F);
  CHECK(
      std::get<SGD>(compile_options_from_json(R"({"optimizer":"sgd"})").optimizer).learning_rate ==
      0.01F);
  CHECK(std::get<RMSprop>(compile_options_from_json(
                              R"({"optimizer":{"name":"rmsprop","momentum":0.5,"centered":true}})")
                              .optimizer)
            .centered);
  const auto loss = [](const char* text) {
    return std::get<engine::CategoricalCrossentropy>(compile_options_from_json(text).loss);
  };
  CHECK_FALSE(loss(R"({"loss":"categorical_crossentropy"})").from_logits);
  CHECK(loss(R"({"loss":{"name":"categorical_crossentropy","from_logits":true}})").from_logits);
  const FitOptions full = fit_options_from_json(
      R"({"early_stopping":{"monitor":"val_accuracy","patience":3},
          "model_checkpoint":{"save_best_only":true}})");
  const auto& stopping = std::get<std::optional<EarlyStopping>>(full.callbacks);
  const auto& checkpoint = std::get<std::optional<ModelCheckpoint>>(full.callbacks);
  CHECK(stopping->patience == 3);
  CHECK(stopping->watch.improves(2, 1));
  CHECK_FALSE(checkpoint->watch.improves(2, 1));
}

TEST_CASE("the largest value that a page offers is taken, a larger one is refused") {
  const auto compiled = [](const char* name, const char* key, const char* value) {
    compile_options_from_json(std::string(R"({"optimizer":{"name":")") + name + R"(",")" + key +
                              R"(":)" + value + "}}");
  };
  for (const char* name : {"adam", "sgd", "rmsprop"}) {
    CAPTURE(name);
    CHECK_NOTHROW(compiled(name, "learning_rate", "1e6"));
    CHECK_THROWS_AS(compiled(name, "learning_rate", "1000000.1"), Error);
  }
  CHECK_NOTHROW(compiled("sgd", "momentum", "1"));
  CHECK_THROWS_AS(compiled("sgd", "momentum", "1.0000002"), Error);
  for (const char* largest : {"-1e9", "1e9"}) {
    const std::string text = std::string(R"({"early_stopping":{"min_delta":)") + largest + "}}";
    CHECK_NOTHROW(fit_options_from_json(text));
  }
  CHECK_THROWS_AS(fit_options_from_json(R"({"early_stopping":{"min_delta":1000000001}})"), Error);
}

TEST_CASE("a wrong option is refused with its name") {
  for (const char* text :
       {R"({"batch_size":0})", R"({"batch_size":2.5})", R"({"epochs":-1})",
        R"({"validation_split":1})", R"({"seed":-1})", R"({"early_stopping":{"monitor":"auc"}})",
        R"({"early_stopping":3})", R"({"shuffle":1})", R"({"early_stopping":{"patients":1}})",
        R"({"epoch":1})", "[]", "nonsense"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(fit_options_from_json(text), Error);
  }
  for (const char* text : {R"({"optimizer":"ftrl"})", R"({"optimizer":{"name":"adam","beta_1":1}})",
                           R"({"optimizer":{"name":"adam","momentum":0.5}})", R"({"optimizer":3})",
                           R"({"loss":"mse"})", "[]"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(compile_options_from_json(text), Error);
  }
}
