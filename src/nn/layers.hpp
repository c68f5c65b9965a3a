// The layers that there are. Each is its Keras configuration and its shape rule, nothing about
// speed; names, defaults and meanings are Keras's. What one computes stands in engine/ops.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "nn/layers/activation.hpp"
#include "nn/layers/average_pooling2d.hpp"
#include "nn/layers/batch_normalization.hpp"
#include "nn/layers/concatenate.hpp"
#include "nn/layers/conv2d.hpp"
#include "nn/layers/cropping2d.hpp"
#include "nn/layers/dense.hpp"
#include "nn/layers/depthwise_conv2d.hpp"
#include "nn/layers/dropout.hpp"
#include "nn/layers/elu.hpp"
#include "nn/layers/flatten.hpp"
#include "nn/layers/gaussian_dropout.hpp"
#include "nn/layers/gaussian_noise.hpp"
#include "nn/layers/global_average_pooling2d.hpp"
#include "nn/layers/global_max_pooling2d.hpp"
#include "nn/layers/image_data_generator.hpp"
#include "nn/layers/leaky_relu.hpp"
#include "nn/layers/max_pooling2d.hpp"
#include "nn/layers/merge.hpp"
#include "nn/layers/permute.hpp"
#include "nn/layers/prelu.hpp"
#include "nn/layers/random_brightness.hpp"
#include "nn/layers/random_contrast.hpp"
#include "nn/layers/random_flip.hpp"
#include "nn/layers/random_rotation.hpp"
#include "nn/layers/random_translation.hpp"
#include "nn/layers/random_zoom.hpp"
#include "nn/layers/relu.hpp"
#include "nn/layers/rescaling.hpp"
#include "nn/layers/reshape.hpp"
#include "nn/layers/separable_conv2d.hpp"
#include "nn/layers/softmax.hpp"
#include "nn/layers/spatial_dropout2d.hpp"
#include "nn/layers/up_sampling2d.hpp"
#include "nn/layers/zero_padding2d.hpp"

namespace ziffer::nn {

using LayerKind =
    std::variant<Conv2D, MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D, GlobalMaxPooling2D,
                 UpSampling2D, ZeroPadding2D, Cropping2D, Flatten, Reshape, Permute, Dense, Dropout,
                 SpatialDropout2D, GaussianNoise, GaussianDropout, ActivationLayer, ReLU, LeakyReLU,
                 ELU, PReLU, Softmax, Rescaling, BatchNormalization, RandomRotation,
                 RandomTranslation, RandomZoom, RandomFlip, RandomContrast, RandomBrightness,
                 ImageDataGenerator, DepthwiseConv2D, SeparableConv2D, Add, Subtract, Multiply,
                 Average, Maximum, Minimum, Concatenate>;

/// One entry of a model's list. An empty name is filled in as Keras would (`conv2d`, `conv2d_1`,
/// …).
struct LayerSpec {
  std::string name;
  LayerKind kind;
  bool trainable = true;
  /// The names of what it takes, `kInputName` for the model's input; none: the layer before it.
  std::vector<std::string> inbound = {};
};

/// What configurations call a model's input.
inline constexpr const char* kInputName = "input_layer";

/// Keras's class name: `Conv2D`, `MaxPooling2D`, …
inline const char* class_name(const LayerKind& kind) {
  return std::visit([](const auto& layer) { return layer.kClass; }, kind);
}

}  // namespace ziffer::nn
