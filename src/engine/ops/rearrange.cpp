// Layers that put numbers elsewhere: Permute, ZeroPadding2D, Cropping2D, and UpSampling2D to the
// nearest pixel.
#include <algorithm>

#include "core/index.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/up_sampling.hpp"

namespace ziffer::engine {
namespace {

/// Each number of the output is one of the input, or 0.
class RearrangeOp final : public Op {
 public:
  static constexpr int kZero = -1;

  /// `from`: where each number of the output comes from.
  RearrangeOp(const nn::Layer& layer, std::vector<int> from)
      : Op(layer.input.size(), layer.output.size()), from_(std::move(from)) {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const float* in = x.data() + i * input_size();
      float* out = y.data() + i * output_size();
      for (std::size_t j = 0; j < from_.size(); ++j) {
        out[j] = from_[j] == kZero ? 0.0F : in[from_[j]];
      }
    }
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    std::ranges::fill(dx, 0.0F);
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      const float* out = dy.data() + i * output_size();
      float* in = dx.data() + i * input_size();
      for (std::size_t j = 0; j < from_.size(); ++j) {
        if (from_[j] != kZero) in[from_[j]] += out[j];
      }
    }
  }

 private:
  std::vector<int> from_;
};

/// `source` says from which row and column of the input a pixel comes; what is outside is 0.
std::unique_ptr<Op> moved_pixels(const nn::Layer& layer, const auto& source) {
  const int height = layer.input[0], width = layer.input[1], channels = layer.input[2];
  std::vector<int> from;
  from.reserve(layer.output.size());
  for (int row = 0; row < layer.output[0]; ++row) {
    for (int column = 0; column < layer.output[1]; ++column) {
      const auto [r, c] = source(row, column);
      const bool inside = r >= 0 && r < height && c >= 0 && c < width;
      for (int k = 0; k < channels; ++k)
        from.push_back(inside ? (r * width + c) * channels + k : RearrangeOp::kZero);
    }
  }
  return std::make_unique<RearrangeOp>(layer, std::move(from));
}

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::Permute& settings, const nn::Layer& layer, nn::Activation) {
  const auto& input = layer.input.dims();
  const auto& output = layer.output.dims();
  std::vector<int> strides(input.size(), 1);
  for (std::size_t axis = input.size(); axis-- > 1;)
    strides[axis - 1] = strides[axis] * input[axis];
  std::vector<int> from(layer.output.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t rest = i;
    for (std::size_t axis = output.size(); axis-- > 0;) {
      from[i] += static_cast<int>(rest % at(output[axis])) * strides[at(settings.dims[axis]) - 1];
      rest /= at(output[axis]);
    }
  }
  return std::make_unique<RearrangeOp>(layer, std::move(from));
}

template <>
std::unique_ptr<Op> make(const nn::ZeroPadding2D& settings, const nn::Layer& layer,
                         nn::Activation) {
  const auto [top, bottom, left, right] = settings.padding;
  return moved_pixels(layer, [&](int r, int c) { return std::pair(r - top, c - left); });
}

template <>
std::unique_ptr<Op> make(const nn::Cropping2D& settings, const nn::Layer& layer, nn::Activation) {
  const auto [top, bottom, left, right] = settings.cropping;
  return moved_pixels(layer, [&](int r, int c) { return std::pair(r + top, c + left); });
}

template <>
std::unique_ptr<Op> make(const nn::UpSampling2D& settings, const nn::Layer& layer, nn::Activation) {
  if (settings.interpolation == nn::Interpolation::bilinear) return make_bilinear(layer);
  const auto [height, width] = settings.size;
  return moved_pixels(layer, [&](int r, int c) { return std::pair(r / height, c / width); });
}

}  // namespace ziffer::engine
