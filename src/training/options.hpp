// What `compile` and `fit` say, in Keras's words.
#pragma once

#include <cstdint>
#include <string>

#include "config/words.hpp"
#include "engine/losses.hpp"
#include "training/callbacks.hpp"
#include "training/optimizers.hpp"

namespace ziffer::training {

struct CompileOptions {
  OptimizerSettings optimizer = {};
  engine::Loss loss = {};
};

struct FitOptions {
  int batch_size = 32;
  int epochs = 1;
  double validation_split = 0;
  bool shuffle = true;
  std::uint64_t seed = 0;
  CallbackSettings callbacks = {};

  static void fields(auto& self, auto& v) {
    v.whole("batch_size", self.batch_size, 1, 65536);
    v.whole("epochs", self.epochs, 1, 1'000'000);
    v.number("validation_split", self.validation_split, {0, 1, "a validation_split in [0, 1)"});
    v.flag("shuffle", self.shuffle);
    v.count("seed", self.seed);
  }
};

/// Both read JSON; a setting that is missing or null is Keras's default. Errors: `invalid_config`,
/// naming the setting, what was expected and what came; unknown settings are refused.
/// `compile`: {"optimizer": "adam" or {"name": "adam", …}, "loss": likewise}.
CompileOptions compile_options_from_json(const std::string& text);

/// `fit`: FitOptions' fields, and the settings of each callback under its name.
FitOptions fit_options_from_json(const std::string& text);

/// Every setting in one form: what a run is told by.
std::string to_json(const CompileOptions&);
std::string to_json(const FitOptions&);

}  // namespace ziffer::training
