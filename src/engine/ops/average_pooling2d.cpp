#include <algorithm>

#include "core/index.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/window.hpp"

namespace ziffer::engine {
namespace {

class AveragePoolingOp final : public Op {
 public:
  AveragePoolingOp(const nn::Layer& layer, const kernels::WindowShape& window)
      : Op(layer.input.size(), layer.output.size()), window_(window) {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::average_pool(window_, x.subspan(i * input_size(), input_size()),
                            y.subspan(i * output_size(), output_size()));
    }
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::average_pool_gradient(window_, dy.subspan(i * output_size(), output_size()),
                                     dx.subspan(i * input_size(), input_size()));
    }
  }

 private:
  kernels::WindowShape window_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::AveragePooling2D& settings, const nn::Layer& layer,
                         nn::Activation) {
  const auto& [window, strides, padding] = settings;
  return std::make_unique<AveragePoolingOp>(layer, window_shape(layer, window, strides, padding));
}

template <>
std::unique_ptr<Op> make(const nn::GlobalAveragePooling2D&, const nn::Layer& layer,
                         nn::Activation) {
  const nn::Extent image{layer.input[0], layer.input[1]};
  return std::make_unique<AveragePoolingOp>(layer,
                                            window_shape(layer, image, {1, 1}, nn::Padding::valid));
}

}  // namespace ziffer::engine
