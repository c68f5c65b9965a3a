#include "engine/activate.hpp"

#include "kernels/elementwise.hpp"

namespace ziffer::engine {

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

}  // namespace ziffer::engine
