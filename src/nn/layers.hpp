// What a layer is: its Keras configuration, nothing about speed. Names, defaults and meanings are
// Keras's.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace ziffer::nn {

enum class Activation { linear, relu, softmax, sigmoid, tanh };
enum class Padding { valid, same };

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

struct Extent {
  int height = 1, width = 1;
  friend bool operator==(const Extent&, const Extent&) = default;
};

struct Conv2D {
  int filters = 0;
  Extent kernel_size;
  Extent strides{1, 1};
  Padding padding = Padding::valid;
  Activation activation = Activation::linear;
  bool use_bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Initializer bias_initializer = Initializer::zeros;
};

/// strides equal pool_size unless given.
struct MaxPooling2D {
  Extent pool_size{2, 2};
  Extent strides{2, 2};
  Padding padding = Padding::valid;
};

struct AveragePooling2D {
  Extent pool_size{2, 2};
  Extent strides{2, 2};
  Padding padding = Padding::valid;
};

struct Flatten {};

struct Dense {
  int units = 0;
  Activation activation = Activation::linear;
  bool use_bias = true;
  Initializer kernel_initializer = Initializer::glorot_uniform;
  Initializer bias_initializer = Initializer::zeros;
};

/// Active in training only: each input is zeroed with probability `rate`, the others are scaled by
/// 1 / (1 - rate).
struct Dropout {
  float rate = 0.5F;
};

/// Keras's `Activation` layer, or its `ReLU` or `Softmax`, whose class says the function.
struct ActivationLayer {
  Activation activation = Activation::linear;
  bool own_class = false;
};

/// y = x · scale + offset.
struct Rescaling {
  float scale = 1;
  float offset = 0;
};

/// y = gamma · (x − mean) / √(variance + epsilon) + beta for each channel of the last axis, with
/// the moving statistics as they are: Keras's layer while it is not trainable, which is the only
/// one here. `momentum` is for its files.
struct BatchNormalization {
  float momentum = 0.99F;
  float epsilon = 1e-3F;
  bool center = true;  ///< has beta
  bool scale = true;   ///< has gamma
  Initializer beta_initializer = Initializer::zeros;
  Initializer gamma_initializer = Initializer::ones;
  Initializer moving_mean_initializer = Initializer::zeros;
  Initializer moving_variance_initializer = Initializer::ones;
};

using LayerKind = std::variant<Conv2D, MaxPooling2D, AveragePooling2D, Flatten, Dense, Dropout,
                               ActivationLayer, Rescaling, BatchNormalization>;

/// One entry of a model's list. An empty name is filled in as Keras would (`conv2d`, `conv2d_1`,
/// …).
struct LayerSpec {
  std::string name;
  LayerKind kind;
  bool trainable = true;
};

/// Keras's class name: `Conv2D`, `MaxPooling2D`, …
const char* class_name(const LayerKind&);

/// The words Keras uses in configurations, and back; `where` names the layer in the error
/// (`invalid_config`).
const char* word(Activation);
const char* word(Padding);
const char* word(Initializer);
Activation activation_from(const std::string& word, const std::string& where);
Padding padding_from(const std::string& word, const std::string& where);
Initializer initializer_from(const std::string& word, const std::string& where);

}  // namespace ziffer::nn
