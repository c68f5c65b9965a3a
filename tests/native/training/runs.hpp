// A small model, data that it can learn, and whole runs of training for the tests of this room.
#pragma once

#include <doctest/doctest.h>

#include <cstring>

#include "core/rng.hpp"
#include "training/trainer.hpp"

namespace ziffer::training {

inline nn::Sequential small_model(float dropout = 0.3F) {
  nn::Conv2D conv;
  conv.filters = 4;
  conv.kernel_size = {3, 3};
  conv.activation = nn::Activation::relu;
  nn::Dense head;
  head.units = 3;
  head.activation = nn::Activation::softmax;
  return nn::Sequential("small", Shape{8, 8, 1},
                        {{"", conv},
                         {"", nn::MaxPooling2D{}},
                         {"", nn::Flatten{}},
                         {"", nn::Dropout{dropout}},
                         {"", head}});
}

/// Pictures whose bright band tells their class.
inline Dataset bands(std::size_t count) {
  Dataset data(count, Shape{8, 8, 1}, 3);
  Rng rng(5);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t label = rng.below(3);
    std::vector<std::uint8_t> pixels(64);
    for (std::size_t p = 0; p < 64; ++p) {
      const bool lit = p / 24 == label;
      pixels[p] = static_cast<std::uint8_t>(rng.below(100) + (lit ? 120U : 0U));
    }
    data.set_images(i, pixels);
    data.set_labels(i, std::vector<std::uint8_t>{static_cast<std::uint8_t>(label)});
  }
  return data;
}

inline FitOptions options(int batch = 64, int epochs = 2) {
  FitOptions o;
  o.batch_size = batch;
  o.epochs = epochs;
  o.validation_split = 0.25;
  o.seed = 9;
  return o;
}

/// These, of all the callbacks that there are.
template <class... Settings>
CallbackSettings callbacks_of(const Settings&... each) {
  CallbackSettings out;
  ((std::get<std::optional<Settings>>(out) = each), ...);
  return out;
}

/// One phase with its units shared by `workers`: the first here, the others by replicas of their
/// own, answered last first.
inline FitReport run_phase(Trainer& trainer, std::vector<Replica>& workers) {
  const int units = trainer.begin(static_cast<int>(workers.size()) + 1);
  do {
    for (int u = units - 1; u >= 0; --u) {
      if (workers.empty() || u == 0) {
        trainer.run_unit(u);
      } else {
        Replica& worker = workers[static_cast<std::size_t>(u) % workers.size()];
        trainer.accept(worker.run(trainer.export_unit(u)));
      }
    }
    REQUIRE(trainer.complete());
  } while (trainer.meet());
  return trainer.finish();
}

struct Run {
  std::vector<float> weights;
  History history;
  std::vector<FitReport> reports;
};

inline Run fit(const Dataset& data, const FitOptions& o, int threads = 1,
               const Dataset* validation = nullptr, float dropout = 0.3F,
               const OptimizerSettings& compiled = {}) {
  const nn::Sequential model = small_model(dropout);
  Run run{model.initial_parameters(3), {}, {}};
  Optimizer optimizer(compiled, run.weights.size());
  Trainer trainer(model, run.weights, optimizer, data, validation, o);
  std::vector<Replica> workers;
  for (int i = 1; i < threads; ++i) workers.emplace_back(model);
  while (trainer.phase() != Phase::finished) run.reports.push_back(run_phase(trainer, workers));
  run.history = trainer.history();
  return run;
}

inline bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace ziffer::training
