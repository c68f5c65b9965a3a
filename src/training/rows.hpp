// A view of labelled pictures, as the batches of a run see them.
#pragma once

#include <cstdint>
#include <span>

namespace ziffer::training {

/// Pictures and labels in the order of computation: either lying side by side, or picked from a
/// data set by `order`.
struct Rows {
  std::span<const std::uint8_t> pixels;
  std::span<const std::uint8_t> labels;
  std::span<const std::uint32_t> order;  ///< empty: as they lie
  std::size_t image_size = 0;
  /// Where `order` is empty: which of the data set each is, where that counts.
  std::span<const std::uint32_t> numbers = {};
  /// What each image of the loss counts, by image or by class; neither: 1.
  std::span<const float> weights = {}, class_weights = {};

  std::size_t count() const { return order.empty() ? labels.size() : order.size(); }
  std::span<const std::uint8_t> image(std::size_t i) const {
    return pixels.subspan(place(i) * image_size, image_size);
  }
  std::uint8_t label(std::size_t i) const { return labels[place(i)]; }

  bool weighted() const { return !weights.empty() || !class_weights.empty(); }
  float weight(std::size_t i) const {
    return class_weights.empty() ? weights[place(i)] : class_weights[label(i)];
  }

  /// Which of the data set pictures [first, first + n) are, in training.
  std::span<const std::uint32_t> numbers_of(std::size_t first, std::size_t n) const {
    return (order.empty() ? numbers : order).subspan(first, n);
  }

  /// Asks the memory for pictures [first, first + n) all at once. Picked at random they are in no
  /// cache, and to wait for one after the other took half of the time of making floats of them.
  void fetch(std::size_t first, std::size_t n) const {
    constexpr std::size_t kCacheLine = 64;
    for (std::size_t i = first; i < first + n; ++i) {
      const std::span<const std::uint8_t> bytes = image(i);
      for (std::size_t at = 0; at < bytes.size(); at += kCacheLine)
        asm volatile("" : : "r"(bytes[at]));  // a load that nobody needs must not be optimised away
    }
  }

 private:
  std::size_t place(std::size_t i) const { return order.empty() ? i : order[i]; }
};

}  // namespace ziffer::training
