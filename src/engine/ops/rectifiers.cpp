// What passes numbers above a threshold and bends those below: ReLU, LeakyReLU, ELU and PReLU.
#include <algorithm>
#include <limits>

#include "core/index.hpp"
#include "engine/activate.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/weights.hpp"

namespace ziffer::engine {
namespace {

/// ReLU with settings, and LeakyReLU, which is one of them.
class RectifierOp final : public Op {
 public:
  RectifierOp(const nn::Layer& layer, const nn::ReLU& r)
      : Op(layer.input.size(), layer.output.size()),
        most_(r.max_value),
        slope_(r.negative_slope),
        threshold_(r.threshold) {}

  void forward(const Pass&, std::span<const float> x, std::span<float> y) override {
    for (std::size_t i = 0; i < x.size(); ++i) {
      // Of no slope nothing comes, an infinity neither.
      const float below = slope_ == 0.0F ? 0.0F : slope_ * (x[i] - threshold_);
      y[i] = x[i] > threshold_ ? std::min(x[i], most_) : below;
    }
  }
  void backward(const Pass&, std::span<const float> x, std::span<const float>, std::span<float> dy,
                std::span<float> dx, std::span<float>) override {
    for (std::size_t i = 0; i < dx.size(); ++i) {
      const float above = x[i] < most_ ? dy[i] : 0.0F;
      dx[i] = x[i] > threshold_ ? above : dy[i] * slope_;
    }
  }

 private:
  float most_, slope_, threshold_;
};

class EluOp final : public Op {
 public:
  EluOp(const nn::Layer& layer, const nn::ELU& e)
      : Op(layer.input.size(), layer.output.size()), alpha_(e.alpha) {}

  void forward(const Pass&, std::span<const float> x, std::span<float> y) override {
    std::ranges::copy(x, y.begin());
    activate(nn::Activation::elu, 1, y);
    for (std::size_t i = 0; i < x.size(); ++i) y[i] *= x[i] > 0.0F ? 1.0F : alpha_;
  }
  void backward(const Pass&, std::span<const float> x, std::span<const float> y,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    for (std::size_t i = 0; i < dx.size(); ++i) {
      dx[i] = x[i] > 0.0F ? dy[i] : dy[i] * (y[i] + alpha_);
    }
  }

 private:
  float alpha_;
};

class PreluOp final : public Op {
 public:
  explicit PreluOp(const nn::Layer& layer)
      : Op(layer.input.size(), layer.output.size()),
        alpha_(layer, "alpha"),
        of_place_(places(layer)) {}

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    const auto alpha = alpha_.of(pass.parameters);
    each_image(pass, [&](std::size_t i, std::size_t place) {
      y[i] = x[i] > 0.0F ? x[i] : alpha[place] * x[i];
    });
  }
  void backward(const Pass& pass, std::span<const float> x, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float> gradient) override {
    const auto alpha = alpha_.of(pass.parameters);
    const auto d_alpha = alpha_.of(gradient);
    std::ranges::fill(d_alpha, 0.0F);
    each_image(pass, [&](std::size_t i, std::size_t place) {
      // At 0 neither side has a slope, as in Keras.
      if (!dx.empty()) dx[i] = x[i] > 0.0F ? dy[i] : x[i] < 0.0F ? alpha[place] * dy[i] : 0.0F;
      if (x[i] < 0.0F) d_alpha[place] += x[i] * dy[i];
    });
  }

 private:
  /// Which alpha each place of the input has.
  static std::vector<std::uint32_t> places(const nn::Layer& layer) {
    std::vector<std::uint32_t> out(layer.input.size());
    const auto& whole = layer.input.dims();
    const auto& own = layer.parameters.front().shape.dims();
    for (std::size_t i = 0; i < out.size(); ++i) {
      std::size_t rest = i, stride = 1, place = 0;
      for (std::size_t axis = whole.size(); axis-- > 0;) {
        const std::size_t here = rest % at(whole[axis]);
        rest /= at(whole[axis]);
        if (own[axis] > 1) place += here * stride;
        stride *= at(own[axis]);
      }
      out[i] = static_cast<std::uint32_t>(place);
    }
    return out;
  }

  void each_image(const Pass& pass, const auto& use) const {
    for (std::size_t image = 0; image < at(pass.images); ++image) {
      const std::size_t first = image * of_place_.size();
      for (std::size_t p = 0; p < of_place_.size(); ++p) use(first + p, of_place_[p]);
    }
  }

  Region alpha_;
  std::vector<std::uint32_t> of_place_;
};

bool is_plain(const nn::ReLU& r) {
  return r.max_value == std::numeric_limits<float>::infinity() && r.negative_slope == 0.0F &&
         r.threshold == 0.0F;
}

}  // namespace

template <>
std::unique_ptr<Op> make(const nn::ReLU& settings, const nn::Layer& layer, nn::Activation) {
  if (is_plain(settings)) return make_activation(layer, nn::Activation::relu);
  return std::make_unique<RectifierOp>(layer, settings);
}

template <>
std::unique_ptr<Op> make(const nn::LeakyReLU& settings, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<RectifierOp>(layer, nn::ReLU{.negative_slope = settings.negative_slope});
}

template <>
std::unique_ptr<Op> make(const nn::ELU& settings, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<EluOp>(layer, settings);
}

template <>
std::unique_ptr<Op> make(const nn::PReLU&, const nn::Layer& layer, nn::Activation) {
  return std::make_unique<PreluOp>(layer);
}

}  // namespace ziffer::engine
