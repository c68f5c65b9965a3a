#include "engine/op.hpp"

#include "engine/ops.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {

Weights::Weights(const nn::Layer& layer) {
  for (const nn::Parameter& p : layer.parameters) {
    (p.name == "kernel" ? kernel : bias) = p.offset;
    (p.name == "kernel" ? kernel_size : bias_size) = p.size();
  }
}

void activate(nn::Activation activation, int width, std::span<float> y) {
  switch (activation) {
    case nn::Activation::linear:
      return;
    case nn::Activation::relu:
      return kernels::relu(y);
    case nn::Activation::softmax:
      return kernels::softmax(y, width);
    case nn::Activation::sigmoid:
      return kernels::sigmoid(y);
    case nn::Activation::tanh:
      return kernels::tanh(y);
  }
}

void activation_gradient(nn::Activation activation, int width, std::span<const float> y,
                         std::span<float> dy) {
  switch (activation) {
    case nn::Activation::linear:
      return;
    case nn::Activation::relu:
      return kernels::relu_gradient(y, dy);
    case nn::Activation::softmax:
      return kernels::softmax_gradient(y, width, dy);
    case nn::Activation::sigmoid:
      return kernels::sigmoid_gradient(y, dy);
    case nn::Activation::tanh:
      return kernels::tanh_gradient(y, dy);
  }
}

namespace {

/// Which maker serves which layer.
struct Maker {
  const nn::Layer& layer;
  nn::Activation activation;

  using Result = std::unique_ptr<Op>;
  Result operator()(const nn::Conv2D& c) const { return make_convolution(layer, c, activation); }
  Result operator()(const nn::MaxPooling2D& p) const { return make_max_pooling(layer, p); }
  Result operator()(const nn::AveragePooling2D& p) const { return make_average_pooling(layer, p); }
  Result operator()(const nn::Flatten&) const { return nullptr; }
  Result operator()(const nn::Dense&) const { return make_dense(layer, activation); }
  Result operator()(const nn::Dropout& d) const { return make_dropout(layer, d.rate); }
  Result operator()(const nn::ActivationLayer&) const { return make_activation(layer, activation); }
  Result operator()(const nn::Rescaling& r) const { return make_rescaling(layer, r); }
  Result operator()(const nn::BatchNormalization& b) const { return make_normalization(layer, b); }
};

}  // namespace

std::unique_ptr<Op> make_op(const nn::Layer& layer, nn::Activation activation) {
  return std::visit(Maker{layer, activation}, layer.kind);
}

}  // namespace ziffer::engine
