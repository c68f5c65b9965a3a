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

  std::size_t count() const { return order.empty() ? labels.size() : order.size(); }
  std::span<const std::uint8_t> image(std::size_t i) const {
    return pixels.subspan(place(i) * image_size, image_size);
  }
  std::uint8_t label(std::size_t i) const { return labels[place(i)]; }

 private:
  std::size_t place(std::size_t i) const { return order.empty() ? i : order[i]; }
};

}  // namespace ziffer::training
