// What JavaScript holds. A handle keeps what it stands on alive, so that the order of delete()
// calls does not matter.
#pragma once

#include <memory>
#include <optional>

#include "engine/program.hpp"
#include "training/evaluator.hpp"
#include "training/trainer.hpp"

namespace ziffer::bindings {

/// A model with its weights, and the Programs that serve questions about it; each is compiled when
/// first asked for.
struct Model {
  explicit Model(nn::Sequential s, std::uint64_t seed)
      : sequential(std::move(s)), parameters(sequential.initial_parameters(seed)) {}

  void compile(const training::CompileOptions& options) {
    compiled = options.optimizer;
    objective = {options.loss, options.metrics};
    // In place: a Trainer works with this very one.
    if (begun) *begun = training::Optimizer(compiled, parameters.size());
  }

  /// Taken with the first use, since it is up to three times as large as the weights: a model that
  /// only answers has none.
  training::Optimizer& optimizer() {
    if (!begun) begun.emplace(compiled, parameters.size());
    return *begun;
  }

  nn::Sequential sequential;
  std::vector<float> parameters;
  training::OptimizerSettings compiled;
  std::optional<training::Optimizer> begun;
  training::Objective objective;
  std::unique_ptr<engine::Program> prediction, inspection, saliency;
};

struct ModelHandle {
  std::shared_ptr<Model> model;
};

struct DatasetHandle {
  std::shared_ptr<training::Dataset> data;
};

struct TrainerHandle {
  std::shared_ptr<Model> model;
  std::shared_ptr<training::Dataset> data, validation;
  std::shared_ptr<training::Trainer> trainer;
};

struct EvaluatorHandle {
  std::shared_ptr<Model> model;
  std::shared_ptr<training::Dataset> data;
  std::shared_ptr<training::Evaluator> evaluator;
  std::shared_ptr<training::Replica> replica;
  std::shared_ptr<std::vector<float>> parameters;  ///< as they were at begin()
  std::shared_ptr<std::vector<float>> weights;     ///< of the images' losses
  training::Metrics metrics;
};

struct ReplicaHandle {
  std::shared_ptr<training::Replica> replica;
};

/// Whether this machine's SIMD gives what the scalar references give: a guard against broken
/// engines.
bool self_test();

void bind_model();
void bind_training();
void bind_data();

}  // namespace ziffer::bindings
