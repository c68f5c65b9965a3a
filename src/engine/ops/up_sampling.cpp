#include "engine/ops/up_sampling.hpp"

#include <algorithm>
#include <cmath>

#include "core/index.hpp"

namespace ziffer::engine {
namespace {

/// Where a pixel of the output lies between two of the input, along one axis.
struct Between {
  int lower, upper;
  float share;  ///< of the upper one
};

/// By the centres of the pixels, as TensorFlow resizes.
std::vector<Between> between(int input, int output) {
  const float scale = static_cast<float>(input) / static_cast<float>(output);
  std::vector<Between> out;
  for (int i = 0; i < output; ++i) {
    const float place = (static_cast<float>(i) + 0.5F) * scale - 0.5F;
    const float below = std::floor(place);
    out.push_back({std::max(static_cast<int>(below), 0),
                   std::min(static_cast<int>(std::ceil(place)), input - 1), place - below});
  }
  return out;
}

class BilinearOp final : public Op {
 public:
  explicit BilinearOp(const nn::Layer& layer)
      : Op(layer.input.size(), layer.output.size()),
        rows_(between(layer.input[0], layer.output[0])),
        columns_(between(layer.input[1], layer.output[1])),
        width_(layer.input[1]),
        channels_(layer.input[2]) {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    each_number(pass, [&](std::size_t in, std::size_t out, const Between& r, const Between& c) {
      const float* left = &x[in] + c.lower * channels_;
      const float* right = &x[in] + c.upper * channels_;
      const float top = mix(left[step(r.lower)], right[step(r.lower)], c.share);
      const float bottom = mix(left[step(r.upper)], right[step(r.upper)], c.share);
      y[out] = mix(top, bottom, r.share);
    });
  }
  void backward(const Pass& pass, std::span<const float>, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    std::ranges::fill(dx, 0.0F);
    each_number(pass, [&](std::size_t in, std::size_t out, const Between& r, const Between& c) {
      float* left = &dx[in] + c.lower * channels_;
      float* right = &dx[in] + c.upper * channels_;
      const float top = dy[out] * (1.0F - r.share), bottom = dy[out] * r.share;
      left[step(r.lower)] += top * (1.0F - c.share);
      right[step(r.lower)] += top * c.share;
      left[step(r.upper)] += bottom * (1.0F - c.share);
      right[step(r.upper)] += bottom * c.share;
    });
  }

 private:
  static float mix(float a, float b, float share) { return a + (b - a) * share; }
  /// To the beginning of a row of the input.
  std::ptrdiff_t step(int row) const { return std::ptrdiff_t{row} * width_ * channels_; }

  /// `use` gets the places of the channel in the first pixel of its input and in the output.
  void each_number(const Pass& pass, const auto& use) const {
    std::size_t out = 0;
    for (std::size_t i = 0; i < at(pass.images); ++i) {
      for (const Between& r : rows_) {
        for (const Between& c : columns_) {
          for (std::size_t k = 0; k < at(channels_); ++k) use(i * input_size() + k, out++, r, c);
        }
      }
    }
  }

  std::vector<Between> rows_, columns_;
  int width_, channels_;
};

}  // namespace

std::unique_ptr<Op> make_bilinear(const nn::Layer& layer) {
  return std::make_unique<BilinearOp>(layer);
}

}  // namespace ziffer::engine
