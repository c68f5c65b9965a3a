// Activation and Softmax.
#include <algorithm>

#include "engine/activate.hpp"
#include "engine/ops/make.hpp"

namespace ziffer::engine {
namespace {

class ActivationOp final : public Op {
 public:
  ActivationOp(const nn::Layer& layer, nn::Activation activation)
      : Op(layer.output.size(), layer.output.size()),
        activation_(activation),
        width_(layer.output.dims().back()) {}

  void forward(const Pass&, std::span<const float> x, std::span<float> y) override {
    std::ranges::copy(x, y.begin());
    activate(activation_, width_, y);
  }
  void backward(const Pass&, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    activation_gradient(activation_, width_, slope_from_input(activation_) ? x : y, dy);
    if (!dx.empty()) std::ranges::copy(dy, dx.begin());
  }

 private:
  nn::Activation activation_;
  int width_;
};

}  // namespace

std::unique_ptr<Op> make_activation(const nn::Layer& layer, nn::Activation activation) {
  return std::make_unique<ActivationOp>(layer, activation);
}

template <>
std::unique_ptr<Op> make(const nn::ActivationLayer&, const nn::Layer& layer,
                         nn::Activation activation) {
  return make_activation(layer, activation);
}

template <>
std::unique_ptr<Op> make(const nn::Softmax&, const nn::Layer& layer, nn::Activation activation) {
  return make_activation(layer, activation);
}

}  // namespace ziffer::engine
