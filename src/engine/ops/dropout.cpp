// Dropout and SpatialDropout2D.
#include <algorithm>

#include "core/index.hpp"
#include "core/sizes.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/noise.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

class DropoutOp final : public Op {
 public:
  /// The first `drawn` numbers of an image get a mask each, the others that of the same channel.
  DropoutOp(const nn::Layer& layer, float rate, std::size_t drawn)
      : Op(layer.input.size(), layer.output.size()),
        rate_(rate),
        drawn_(drawn),
        noise_(layer.name) {}

  void reserve(int images) override { keep_.resize(size_of(images, output_size())); }

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

  /// A 24-bit draw below the threshold drops its input.
  void draw_masks(const Pass& pass) {
    const auto threshold = static_cast<std::uint32_t>(rate_ * 0x1p24F);
    for (int i = 0; i < pass.images; ++i) {
      Rng rng = noise_.of(pass, i);
      std::uint8_t* keep = &keep_[static_cast<std::size_t>(i) * output_size()];
      for (std::size_t j = 0; j < drawn_; ++j) {
        keep[j] = static_cast<std::uint8_t>((rng.next() >> 8) >= threshold);
      }
      for (std::size_t j = drawn_; j < output_size(); ++j) keep[j] = keep[j - drawn_];
    }
  }

  float rate_;
  std::size_t drawn_;
  Noise noise_;
  std::vector<std::uint8_t> keep_;
};

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::Dropout& settings, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<DropoutOp>(layer, settings.rate, layer.output.size());
}

template <>
std::unique_ptr<Op> make(const nn::SpatialDropout2D& settings, const nn::Layer& layer,
                         nn::Activation) {
  return std::make_unique<DropoutOp>(layer, settings.rate, at(layer.output.dims().back()));
}

}  // namespace ziffer::engine
