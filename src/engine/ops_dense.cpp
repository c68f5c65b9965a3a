// Dense, and what acts on every number alone: activations, dropout, rescaling.
#include <algorithm>

#include "core/rng.hpp"
#include "engine/op.hpp"
#include "engine/ops.hpp"
#include "kernels/elementwise.hpp"
#include "kernels/gemm.hpp"

namespace ziffer::engine {
namespace {

class DenseOp final : public Op {
 public:
  DenseOp(const nn::Layer& layer, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        weights_(layer),
        activation_(activation),
        in_(layer.input[0]),
        out_(layer.output[0]) {}

  std::size_t scratch_size(int images) const override {
    return std::max({kernels::gemm_scratch({images, out_, in_}),
                     kernels::gemm_scratch({in_, out_, images}),
                     kernels::gemm_scratch({images, in_, out_})});
  }
  void reserve(int) override {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    kernels::gemm({pass.images, out_, in_}, x, weights_.kernel_of(pass.parameters),
                  weights_.bias_of(pass.parameters), y, pass.scratch);
    activate(activation_, out_, y);
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    activation_gradient(activation_, out_, y, dy);
    kernels::gemm_at({in_, out_, pass.images}, x, dy, weights_.kernel_of(gradient), pass.scratch);
    if (weights_.bias_size > 0) kernels::column_sums(dy, out_, weights_.bias_of(gradient));
    if (dx.empty()) return;
    kernels::gemm_bt({pass.images, in_, out_}, dy, weights_.kernel_of(pass.parameters), dx,
                     pass.scratch);
  }

 private:
  Weights weights_;
  nn::Activation activation_;
  int in_, out_;
};

class ActivationOp final : public Op {
 public:
  ActivationOp(const nn::Layer& layer, nn::Activation activation)
      : Op(layer.input.size(), layer.output.size()),
        activation_(activation),
        width_(layer.output.dims().back()) {}

  std::size_t scratch_size(int) const override { return 0; }
  void reserve(int) override {}
  void forward(const Pass&, std::span<const float> x, std::span<float> y) override {
    std::ranges::copy(x, y.begin());
    activate(activation_, width_, y);
  }
  void backward(const Pass&, std::span<const float>, std::span<const float> y, std::span<float> dy,
                std::span<float> dx, std::span<float>) override {
    activation_gradient(activation_, width_, y, dy);
    if (!dx.empty()) std::ranges::copy(dy, dx.begin());
  }

 private:
  nn::Activation activation_;
  int width_;
};

class DropoutOp final : public Op {
 public:
  DropoutOp(const nn::Layer& layer, float rate, std::uint64_t stream)
      : Op(layer.input.size(), layer.output.size()), rate_(rate), stream_(stream) {}

  std::size_t scratch_size(int) const override { return 0; }
  void reserve(int images) override {
    keep_.resize(static_cast<std::size_t>(images) * output_size());
  }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    if (!active(pass)) {
      std::ranges::copy(x, y.begin());
      return;
    }
    draw_masks(pass);
    kernels::dropout(x, std::span(keep_).first(x.size()), scale(), y);
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    if (!active(pass)) {
      std::ranges::copy(dy, dx.begin());
      return;
    }
    kernels::dropout(dy, std::span(keep_).first(dy.size()), scale(), dx);
  }

 private:
  bool active(const Pass& pass) const { return pass.dropout != nullptr && rate_ > 0.0F; }
  float scale() const { return 1.0F / (1.0F - rate_); }

  /// One stream for each image of each step, so that the mask depends on nothing else. A 24-bit
  /// draw below the threshold drops its input.
  void draw_masks(const Pass& pass) {
    const auto threshold = static_cast<std::uint32_t>(rate_ * 0x1p24F);
    for (int i = 0; i < pass.images; ++i) {
      const std::uint64_t place = pass.dropout->first_image + static_cast<std::uint64_t>(i);
      Rng rng(pass.dropout->seed ^ (stream_ << 56), (pass.dropout->step << 20) + place);
      std::uint8_t* keep = &keep_[static_cast<std::size_t>(i) * output_size()];
      for (std::size_t j = 0; j < output_size(); ++j) {
        keep[j] = static_cast<std::uint8_t>((rng.next() >> 8) >= threshold);
      }
    }
  }

  float rate_;
  std::uint64_t stream_;
  std::vector<std::uint8_t> keep_;
};

class RescalingOp final : public Op {
 public:
  RescalingOp(const nn::Layer& layer, const nn::Rescaling& r)
      : Op(layer.input.size(), layer.output.size()), rescaling_(r) {}

  std::size_t scratch_size(int) const override { return 0; }
  void reserve(int) override {}
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

std::unique_ptr<Op> make_dense(const nn::Layer& layer, nn::Activation activation) {
  return std::make_unique<DenseOp>(layer, activation);
}
std::unique_ptr<Op> make_activation(const nn::Layer& layer, nn::Activation activation) {
  return std::make_unique<ActivationOp>(layer, activation);
}
std::unique_ptr<Op> make_dropout(const nn::Layer& layer, float rate) {
  // The name, not the position, picks the stream: two dropout layers of one model must differ.
  std::uint64_t stream = 1469598103934665603ULL;
  for (const char c : layer.name) {
    stream = (stream ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  }
  return std::make_unique<DropoutOp>(layer, rate, stream);
}
std::unique_ptr<Op> make_rescaling(const nn::Layer& layer, const nn::Rescaling& r) {
  return std::make_unique<RescalingOp>(layer, r);
}

}  // namespace ziffer::engine
