#pragma once

#include <cstdint>
#include <span>

#include "kernels/elementwise.hpp"
#include "kernels/loss.hpp"

namespace ziffer::engine {

/// Keras's mean squared error of the outputs to one-hot labels.
struct MeanSquaredError {
  static constexpr const char* kName = "mean_squared_error";

  static void fields(auto&, auto&) {}

  /// As CategoricalCrossentropy's; a last softmax that was left to the loss is undone here.
  kernels::LossSum operator()(int classes, bool logits, std::span<float> outputs,
                              std::span<const std::uint8_t> labels, float scale,
                              std::span<float> gradient) const {
    if (logits) kernels::softmax(outputs, classes);
    const auto sum = kernels::squared_error(classes, outputs, labels, scale, gradient);
    if (logits && !gradient.empty()) kernels::softmax_gradient(outputs, classes, gradient);
    return sum;
  }
};

}  // namespace ziffer::engine
