#include "engine/activate.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/gemm.hpp"

namespace ziffer::engine {
namespace {

/// Every place of an image's axes before the last is a row of the product.
class DenseOp final : public Op {
 public:
  DenseOp(const nn::Layer& layer, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        kernel_(layer, "kernel"),
        bias_(layer, "bias"),
        activation_(activation),
        in_(layer.input.dims().back()),
        out_(layer.output.dims().back()),
        places_(static_cast<int>(input_size()) / in_) {}

  std::size_t scratch_size(bool training) const override {
    return training ? kernels::gemm_scratch({1, in_, out_}) : 0;
  }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    kernels::gemm({rows(pass), out_, in_}, x, kernel_.of(pass.parameters),
                  bias_.of(pass.parameters), y, pass.scratch);
    activate(activation_, out_, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, out_, y, dy);
    kernels::gemm_at({in_, out_, rows(pass)}, x, dy, kernel_.of(gradient), pass.scratch);
    if (bias_.size() > 0) kernels::column_sums(dy, out_, bias_.of(gradient));
    if (dx.empty()) return;
    kernels::gemm_bt({rows(pass), in_, out_}, dy, kernel_.of(pass.parameters), dx, pass.scratch);
  }

 private:
  int rows(const Pass& pass) const { return pass.images * places_; }

  Region kernel_, bias_;
  nn::Activation activation_;
  int in_, out_, places_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::Dense&, const nn::Layer& layer, nn::Activation activation) {
  return std::make_unique<DenseOp>(layer, activation);
}

}  // namespace ziffer::engine
