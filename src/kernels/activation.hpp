// Keras's activation functions of one number, and their derivatives. Each has its scalar reference
// and a SIMD variant; a test holds the two together lane by lane, and both to the definition in
// double. Softmax, which looks at a whole row, is in elementwise.hpp.
#pragma once

#include <span>

namespace ziffer::kernels {

struct Activation {
  const char* name;  ///< Keras's
  /// y becomes f(y), in place.
  void (*run)(std::span<float> y);
  /// dy becomes dz where y = f(z). `a` is y, or z where the slope cannot be told from y.
  void (*gradient)(std::span<const float> a, std::span<float> dy);
  bool slope_from_input;
};

std::span<const Activation> activations();
/// The same one number at a time, in the same order.
std::span<const Activation> scalar_activations();

}  // namespace ziffer::kernels
