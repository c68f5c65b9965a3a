#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/window.hpp"

namespace ziffer::engine {
namespace {

class MaxPoolingOp final : public Op {
 public:
  MaxPoolingOp(const nn::Layer& layer, const nn::MaxPooling2D& p)
      : Op(layer.input.size(), layer.output.size()),
        window_(window_shape(layer, p.pool_size, p.strides, p.padding)),
        where_(layer.output.size()) {}

  void reserve(int images) override { where_.resize(size_of(images, output_size())); }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      // Inference keeps nothing, and writes the places of each image over the last one's.
      const std::size_t place = pass.keeps ? i * output_size() : 0;
      kernels::max_pool(window_, x.subspan(i * input_size(), input_size()),
                        y.subspan(i * output_size(), output_size()),
                        std::span(where_).subspan(place, output_size()));
    }
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      kernels::max_pool_gradient(window_, dy.subspan(i * output_size(), output_size()),
                                 std::span(where_).subspan(i * output_size(), output_size()),
                                 dx.subspan(i * input_size(), input_size()));
    }
  }

 private:
  kernels::WindowShape window_;
  std::vector<std::uint16_t> where_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::MaxPooling2D& settings, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<MaxPoolingOp>(layer, settings);
}

}  // namespace ziffer::engine
