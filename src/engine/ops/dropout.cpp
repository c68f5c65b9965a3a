#include <algorithm>

#include "core/rng.hpp"
#include "core/sizes.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/stream.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

class DropoutOp final : public Op {
 public:
  DropoutOp(const nn::Layer& layer, float rate, std::uint64_t stream)
      : Op(layer.input.size(), layer.output.size()), rate_(rate), stream_(stream) {}

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

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::Dropout& settings, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<DropoutOp>(layer, settings.rate, stream_of(layer.name));
}

}  // namespace ziffer::engine
