#include <algorithm>

#include "engine/activate.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/gemm.hpp"

namespace ziffer::engine {
namespace {

class DenseOp final : public Op {
 public:
  DenseOp(const nn::Layer& layer, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        kernel_(layer, "kernel"),
        bias_(layer, "bias"),
        activation_(activation),
        in_(layer.input[0]),
        out_(layer.output[0]) {}

  std::size_t scratch_size(bool training) const override {
    return training ? kernels::gemm_scratch({1, in_, out_}) : 0;
  }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    kernels::gemm({pass.images, out_, in_}, x, kernel_.of(pass.parameters),
                  bias_.of(pass.parameters), y, pass.scratch);
    activate(activation_, out_, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, out_, y, dy);
    kernels::gemm_at({in_, out_, pass.images}, x, dy, kernel_.of(gradient), pass.scratch);
    if (bias_.size() > 0) kernels::column_sums(dy, out_, bias_.of(gradient));
    if (dx.empty()) return;
    kernels::gemm_bt({pass.images, in_, out_}, dy, kernel_.of(pass.parameters), dx, pass.scratch);
  }

 private:
  Region kernel_, bias_;
  nn::Activation activation_;
  int in_, out_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::Dense&, const nn::Layer& layer, nn::Activation activation) {
  return std::make_unique<DenseOp>(layer, activation);
}

}  // namespace ziffer::engine
