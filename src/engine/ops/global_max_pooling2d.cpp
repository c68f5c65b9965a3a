#include <algorithm>

#include "core/index.hpp"
#include "engine/ops/make.hpp"

namespace ziffer::engine {
namespace {

class GlobalMaxPoolingOp final : public Op {
 public:
  explicit GlobalMaxPoolingOp(const nn::Layer& layer)
      : Op(layer.input.size(), layer.output.size()) {}

  std::size_t scratch_size(bool training) const override { return training ? output_size() : 0; }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const auto image = x.subspan(i * input_size(), input_size());
      const auto most = y.subspan(i * output_size(), output_size());
      std::ranges::copy(image.first(most.size()), most.begin());
      each_number([&](std::size_t j, std::size_t c) { most[c] = std::max(most[c], image[j]); });
    }
  }

  /// Places that are equally large share their channel's gradient, as in Keras.
  void backward(const Pass& pass, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    const auto count = pass.scratch.first(output_size());
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const auto image = x.subspan(i * input_size(), input_size());
      const auto most = y.subspan(i * output_size(), output_size());
      const auto d_most = dy.subspan(i * output_size(), output_size());
      const auto d_image = dx.subspan(i * input_size(), input_size());
      std::ranges::fill(count, 0.0F);
      each_number(
          [&](std::size_t j, std::size_t c) { count[c] += image[j] == most[c] ? 1.0F : 0.0F; });
      each_number([&](std::size_t j, std::size_t c) {
        d_image[j] = image[j] == most[c] ? d_most[c] / count[c] : 0.0F;
      });
    }
  }

 private:
  void each_number(const auto& use) const {
    for (std::size_t pixel = 0; pixel < input_size(); pixel += output_size()) {
      for (std::size_t c = 0; c < output_size(); ++c) use(pixel + c, c);
    }
  }
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::GlobalMaxPooling2D&, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<GlobalMaxPoolingOp>(layer);
}

}  // namespace ziffer::engine
