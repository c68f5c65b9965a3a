// Operations that change each image of a training pass in a way of its own, and let it pass
// otherwise. Private to the engine.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core/rng.hpp"
#include "core/sizes.hpp"
#include "engine/ops/make.hpp"
#include "engine/ops/stream.hpp"
#include "kernels/augment.hpp"
#include "nn/augmented.hpp"

namespace ziffer::engine {

/// `Change` says of a layer: `draw(Rng&)` what is done to an image, `forward(what, x, y)`, and
/// `backward(what, x, dy, dx)`.
template <class Change>
class AugmentingOp final : public Op {
 public:
  using Drawn = decltype(std::declval<const Change&>().draw(std::declval<Rng&>()));

  AugmentingOp(const nn::Layer& layer, std::optional<std::uint64_t> seed, Change change)
      : Op(layer.input.size(), layer.output.size()),
        stream_(stream_of(layer.name)),
        seed_(seed),
        change_(std::move(change)) {}

  void reserve(int images) override { drawn_.resize(static_cast<std::size_t>(images)); }

  void forward(const Pass& pass, std::span<const float> x, std::span<float> y) override {
    if (pass.dropout == nullptr) {
      std::ranges::copy(x, y.begin());
      return;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(pass.images); ++i) {
      Rng rng = numbers_of(*pass.dropout, i);
      drawn_[i] = change_.draw(rng);
      change_.forward(drawn_[i], image(x, i), image(y, i));
    }
  }

  void backward(const Pass& pass, std::span<const float> x, std::span<const float>,
                std::span<float> dy, std::span<float> dx, std::span<float>) override {
    if (dx.empty()) return;
    if (pass.dropout == nullptr) {
      std::ranges::copy(dy, dx.begin());
      return;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(pass.images); ++i) {
      change_.backward(drawn_[i], image(x, i), image(dy, i), image(dx, i));
    }
  }

 private:
  template <class T>
  std::span<T> image(std::span<T> all, std::size_t i) const {
    return all.subspan(i * input_size(), input_size());
  }

  /// One stream for each picture of each epoch. A seed of the layer's own stands for the fit's.
  Rng numbers_of(const DropoutKey& key, std::size_t i) const {
    const std::uint64_t place = std::uint64_t{key.epoch} << 32;
    return Rng(seed_.value_or(key.seed) ^ stream_, place + key.numbers[i]);
  }

  std::uint64_t stream_;
  std::optional<std::uint64_t> seed_;
  Change change_;
  std::vector<Drawn> drawn_;
};

inline kernels::Picture picture_of(const nn::Layer& layer) {
  return {layer.input[0], layer.input[1], layer.input[2]};
}

inline kernels::Fill fill_of(nn::FillMode mode) {
  // In the same order.
  return static_cast<kernels::Fill>(mode);
}

/// Images that are moved: `place(Rng&, picture)` is where the pixels come from.
template <class Place>
struct Moved {
  kernels::Picture picture;
  kernels::Sampling sampling;
  Place place;

  kernels::Affine draw(Rng& rng) const { return place(rng, picture); }
  void forward(const kernels::Affine& from, std::span<const float> x, std::span<float> y) const {
    kernels::warp(picture, sampling, from, x, y);
  }
  void backward(const kernels::Affine& from, std::span<const float>, std::span<const float> dy,
                std::span<float> dx) const {
    kernels::warp_gradient(picture, sampling, from, dy, dx);
  }
};

template <class Place>
std::unique_ptr<Op> make_moving(const nn::Layer& layer, const kernels::Sampling& sampling,
                                std::optional<std::uint64_t> seed, Place place) {
  using Change = Moved<Place>;
  return std::make_unique<AugmentingOp<Change>>(layer, seed,
                                                Change{picture_of(layer), sampling, place});
}

/// As Keras's layers read pictures.
inline kernels::Sampling sampling_of(const nn::Moving& m) {
  return {fill_of(m.fill_mode), m.fill_value, m.interpolation == nn::Interpolation::bilinear};
}

inline float uniform(Rng& rng, const Interval& between) {
  return rng.uniform(between.low, between.high);
}

}  // namespace ziffer::engine
