#include <algorithm>

#include "engine/ops/make.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

class RescalingOp final : public Op {
 public:
  RescalingOp(const nn::Layer& layer, const nn::Rescaling& r)
      : Op(layer.input.size(), layer.output.size()), rescaling_(r) {}

  void forward(const Pass&, std::span<const float> x, std::span<float> y) override {
    kernels::affine(x, rescaling_.scale, rescaling_.offset, y);
  }
  void backward(const Pass&, std::span<const float>, std::span<const float>, std::span<float> dy,
                std::span<float> dx, std::span<float>) override {
    if (!dx.empty()) kernels::affine(dy, rescaling_.scale, 0.0F, dx);
  }

 private:
  nn::Rescaling rescaling_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::Rescaling& settings, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<RescalingOp>(layer, settings);
}

}  // namespace ziffer::engine
