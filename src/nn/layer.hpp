// The ground that the layers stand on: Keras's words, a layer's tensors, and what a shape rule is
// given and returns.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/number_range.hpp"
#include "config/words.hpp"
#include "core/error.hpp"
#include "core/shape.hpp"
#include "core/sizes.hpp"

namespace ziffer::nn {

enum class Activation {
  linear,
  relu,
  softmax,
  sigmoid,
  tanh,
  elu,
  selu,
  gelu,
  silu,
  leaky_relu,
  relu6,
  softplus,
  softsign,
  hard_sigmoid,
  exponential,
  log_softmax
};
enum class Padding { valid, same };
/// What stands between the pixels of an image.
enum class Interpolation { nearest, bilinear };

/// Keras's variance-scaling family (limits from fan-in and fan-out), and the two constants.
enum class Initializer {
  glorot_uniform,
  glorot_normal,
  he_uniform,
  he_normal,
  lecun_uniform,
  lecun_normal,
  zeros,
  ones
};

}  // namespace ziffer::nn

namespace ziffer {

template <>
struct Words<nn::Activation> {
  static constexpr const char* kind = "activation";
  static constexpr std::array list{"linear",   "relu",         "softmax",     "sigmoid",
                                   "tanh",     "elu",          "selu",        "gelu",
                                   "silu",     "leaky_relu",   "relu6",       "softplus",
                                   "softsign", "hard_sigmoid", "exponential", "log_softmax"};
};
template <>
struct Words<nn::Padding> {
  static constexpr const char* kind = "padding";
  static constexpr std::array list{"valid", "same"};
};
template <>
struct Words<nn::Interpolation> {
  static constexpr const char* kind = "interpolation";
  static constexpr std::array list{"nearest", "bilinear"};
};
template <>
struct Words<nn::Initializer> {
  static constexpr const char* kind = "initializer";
  static constexpr std::array list{"glorot_uniform", "glorot_normal", "he_uniform", "he_normal",
                                   "lecun_uniform",  "lecun_normal",  "zeros",      "ones"};
};

}  // namespace ziffer

namespace ziffer::nn {
struct Extent {
  int height = 1, width = 1;
  friend bool operator==(const Extent&, const Extent&) = default;
};

/// One tensor of a layer inside the flat parameter array: HWIO for convolutions, in×out for dense
/// layers, one number a channel for normalizations.
struct Parameter {
  std::string name;  ///< as Keras calls it: `kernel`, `bias`, `gamma`, …
  Shape shape;
  std::size_t offset = 0;  ///< in floats, from the start of the flat array
  Initializer initializer = Initializer::zeros;
  int fan_in = 0, fan_out = 0;
  /// Of a moving average of what each batch has: how much of itself a step leaves. The optimizer
  /// does not move it.
  std::optional<float> momentum = {};

  std::size_t size() const noexcept { return shape.size(); }
};

/// What comes to a layer.
struct Incoming {
  const Shape& shape;
  const std::string& layer;  ///< how errors name it: `Conv2D "conv1"`
  bool trainable;
  std::span<const Shape* const> all = {};  ///< where it takes several

  int channels() const { return shape.dims().back(); }
};

/// What a layer makes of it; offsets of the parameters are still 0.
struct Shaped {
  Shape output;
  std::vector<Parameter> parameters = {};
  /// Numbers that the layer lays out beside its output for one image: a convolution's patches.
  std::uint64_t patches = 0;
  /// Multiplications for one image, at the speed of a wide product; what is slower counts more.
  std::uint64_t work = 0;
};

/// The work of a product with so many columns: below four of them it is computed one by one.
inline std::uint64_t product_work(std::uint64_t rows, int columns) {
  return count_of(rows, columns, columns < 4 ? 8 : 1);
}

/// One number for each channel of the last axis.
inline Parameter per_channel(const char* name, int channels, Initializer initializer) {
  return {name, Shape{channels}, 0, initializer, channels, channels};
}

/// A tensor whose initializer counts its last two extents as inputs and outputs, as Keras does
/// with every shape.
Parameter drawn_as_kernel(const char* name, Shape shape, Initializer);

/// The kernel, whose last two extents are inputs and outputs, and the bias if there is one.
std::vector<Parameter> kernel_and_bias(Shape kernel, bool use_bias, Initializer of_kernel,
                                       Initializer of_bias);

}  // namespace ziffer::nn
