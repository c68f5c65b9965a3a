// What `compile` and `fit` say, in Keras's words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "training/optimizer.hpp"

namespace ziffer::training {

enum class Monitor { loss, accuracy, val_loss, val_accuracy };
enum class Mode { min, max };

struct EarlyStoppingConfig {
  Monitor monitor = Monitor::val_loss;
  Mode mode = Mode::min;  ///< `auto` is resolved from the monitor when read
  double min_delta = 0;
  int patience = 0;
  bool restore_best_weights = false;
};

struct ModelCheckpointConfig {
  Monitor monitor = Monitor::val_loss;
  Mode mode = Mode::min;
  bool save_best_only = false;
};

struct FitOptions {
  int batch_size = 32;
  int epochs = 1;
  double validation_split = 0;
  bool shuffle = true;
  std::uint64_t seed = 0;
  std::optional<EarlyStoppingConfig> early_stopping;
  std::optional<ModelCheckpointConfig> model_checkpoint;
};

const char* word(Monitor);

/// Both: errors `invalid_config`, naming the setting, what was expected and what came.
/// `compile`: {"optimizer": "adam" or {"name": "adam", …}, "loss": "categorical_crossentropy"}. The
/// sparse form of the loss is the same here, where labels are numbers.
OptimizerConfig compile_options_from_json(const std::string& text);

FitOptions fit_options_from_json(const std::string& text);

}  // namespace ziffer::training
