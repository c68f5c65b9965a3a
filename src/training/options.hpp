// What `compile` and `fit` say, in Keras's words.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "config/words.hpp"
#include "engine/losses.hpp"
#include "training/callbacks.hpp"
#include "training/metrics.hpp"
#include "training/optimizers.hpp"

namespace ziffer::training {

struct CompileOptions {
  OptimizerSettings optimizer = {};
  engine::Loss loss = {};
  Metrics metrics = {};  ///< besides the accuracy, which is always measured
};

struct FitOptions {
  static constexpr std::array kLater{"initial_epoch",         "steps_per_epoch", "validation_steps",
                                     "validation_batch_size", "validation_freq", "class_weight"};
  int batch_size = 32;
  int epochs = 1;
  double validation_split = 0;
  bool shuffle = true;
  std::uint64_t seed = 0;
  int initial_epoch = 0;
  int steps_per_epoch = 0;  ///< 0: until the images are through
  int validation_steps = 0;
  int validation_batch_size = 0;          ///< 0: as training's
  int validation_freq = 1;                ///< epochs from one validation to the next
  std::vector<double> class_weight = {};  ///< by class; those behind the last count 1
  /// One an image of the data, or none. Not JSON: they come beside it.
  std::vector<float> sample_weight = {};
  CallbackSettings callbacks = {};

  static constexpr void fields(auto& self, auto& v) {
    v.whole("batch_size", self.batch_size, 1, 65536);
    v.whole("epochs", self.epochs, 1, 1'000'000);
    v.number("validation_split", self.validation_split, {0, 1, "a validation_split in [0, 1)"});
    v.flag("shuffle", self.shuffle);
    v.count("seed", self.seed);
    v.whole("initial_epoch", self.initial_epoch, 0, 1'000'000);
    v.whole("steps_per_epoch", self.steps_per_epoch, 0, 1'000'000'000);
    v.whole("validation_steps", self.validation_steps, 0, 1'000'000'000);
    v.whole("validation_batch_size", self.validation_batch_size, 0, 65536);
    v.whole("validation_freq", self.validation_freq, 1, 1'000'000);
    v.numbers("class_weight", self.class_weight, {0, up_to(1e6), "weights in [0, 1000000]"});
  }
};

/// Both read JSON; a setting that is missing or null is Keras's default. Errors: `invalid_config`,
/// naming the setting, what was expected and what came; unknown settings are refused.
/// `compile`: {"optimizer": "adam" or {"name": "adam", …}, "loss": likewise,
/// "metrics": [{"key": its name in logs, "name": …, settings}]}.
CompileOptions compile_options_from_json(const std::string& text);

/// `fit`: FitOptions' fields, and the settings of each callback under its name.
FitOptions fit_options_from_json(const std::string& text);

/// Every setting in one form: what a run is told by.
std::string to_json(const CompileOptions&);
std::string to_json(const FitOptions&);

}  // namespace ziffer::training
