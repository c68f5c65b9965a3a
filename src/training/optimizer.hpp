// Keras's optimisers with their state; the arithmetic is kernels/optimizer.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ziffer::training {

enum class OptimizerKind { adam, sgd, rmsprop };

/// Keras's names and defaults; what a kind does not have is left alone. `learning_rate` 0 stands
/// for the kind's default: 0.001 for adam and rmsprop, 0.01 for sgd.
struct OptimizerConfig {
  OptimizerKind kind = OptimizerKind::adam;
  float learning_rate = 0.001F;
  // Doubles, since 1 - β is what counts and is rounded once, as in Keras.
  double beta_1 = 0.9, beta_2 = 0.999;  // adam
  double rho = 0.9;                     // rmsprop
  float momentum = 0;                   // sgd, rmsprop
  float epsilon = 1e-7F;                // adam, rmsprop
  bool nesterov = false;                // sgd
  bool centered = false;                // rmsprop
};

class Optimizer {
 public:
  Optimizer(const OptimizerConfig&, std::size_t parameters);

  /// One update of the weights.
  void step(std::span<const float> gradient, std::span<float> weights);

  const OptimizerConfig& config() const noexcept { return config_; }
  std::uint64_t steps() const noexcept { return steps_; }
  /// adam: m, v · sgd: momentum · rmsprop: velocity, average, momentum. Unused ones are empty.
  std::vector<std::vector<float>>& slots() noexcept { return slots_; }
  const std::vector<std::vector<float>>& slots() const noexcept { return slots_; }
  void set_steps(std::uint64_t steps) noexcept { steps_ = steps; }
  /// Forgets all steps.
  void reset();

 private:
  OptimizerConfig config_;
  std::uint64_t steps_ = 0;
  std::vector<std::vector<float>> slots_;
};

}  // namespace ziffer::training
