// A small model with its data, whose messages and saved runs are the seeds.
#pragma once

#include "core/rng.hpp"
#include "fuzz.hpp"
#include "training/trainer.hpp"

namespace ziffer::fuzz {

inline const nn::Sequential& small_model() {
  static const nn::Sequential model = [] {
    nn::Conv2D conv;
    conv.filters = 2;
    conv.kernel_size = {3, 3};
    conv.activation = nn::Activation::relu;
    nn::Dense head;
    head.units = 3;
    head.activation = nn::Activation::softmax;
    return nn::Sequential("small", Shape{6, 6, 1},
                          {{"", conv},
                           {"", nn::MaxPooling2D{}},
                           {"", nn::Flatten{}},
                           {"", nn::Dropout{0.3F}},
                           {"", head}});
  }();
  return model;
}

inline const training::Dataset& small_data() {
  static const training::Dataset data = [] {
    training::Dataset out(40, Shape{6, 6, 1}, 3);
    Rng rng(5);
    for (std::size_t i = 0; i < out.count(); ++i) {
      std::vector<std::uint8_t> pixels(36);
      for (std::uint8_t& p : pixels) p = static_cast<std::uint8_t>(rng.below(256));
      out.set_images(i, pixels);
      out.set_labels(i, std::vector<std::uint8_t>{static_cast<std::uint8_t>(i % 3)});
    }
    return out;
  }();
  return data;
}

/// A training at its begin, with weights and optimizer of its own.
struct Fit {
  std::vector<float> weights = small_model().initial_parameters(3);
  training::Optimizer optimizer{{}, weights.size()};
  training::Trainer trainer;

  Fit() : trainer(small_model(), weights, optimizer, small_data(), nullptr, options()) {}

  static training::FitOptions options() {
    return training::fit_options_from_json(
        R"({"batch_size": 8, "epochs": 3, "validation_split": 0.25, "seed": 9,
            "early_stopping": {"patience": 2, "restore_best_weights": true},
            "model_checkpoint": {"save_best_only": true}})");
  }

  void finish_phase(int units) {
    for (int unit = 0; unit < units; ++unit) trainer.run_unit(unit);
    trainer.finish();
  }
  void to_validation() {
    while (trainer.phase() == training::Phase::step) finish_phase(trainer.begin(1));
  }
};

}  // namespace ziffer::fuzz
