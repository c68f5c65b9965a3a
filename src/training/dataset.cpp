#include "training/dataset.hpp"

#include <algorithm>

namespace ziffer::training {
namespace {

constexpr std::size_t kMostBytes = std::size_t{512} << 20;

}  // namespace

Dataset::Dataset(std::size_t count, Shape shape, int classes)
    : shape_(std::move(shape)), size_(shape_.size()), classes_(classes) {
  if (classes < 1 || classes > 256 || size_ == 0 || count > kMostBytes / size_) {
    throw Error("invalid_dataset", {"data set: expected at most 512 MiB of pictures in 1 to 256 "
                                    "classes, got ",
                                    std::to_string(count), " of ", shape_.text(), " in ",
                                    std::to_string(classes), "."});
  }
  pixels_.resize(count * size_);
  labels_.resize(count);
}

void Dataset::set_images(std::size_t first, std::span<const std::uint8_t> pixels) {
  if (pixels.size() % size_ != 0 || first > count() || pixels.size() / size_ > count() - first) {
    throw Error("invalid_dataset", {"data set: ", std::to_string(pixels.size()),
                                    " bytes of pictures do not fit at picture ",
                                    std::to_string(first), " of ", std::to_string(count()), "."});
  }
  std::ranges::copy(pixels, pixels_.begin() + static_cast<std::ptrdiff_t>(first * size_));
}

void Dataset::set_labels(std::size_t first, std::span<const std::uint8_t> labels) {
  if (first > count() || labels.size() > count() - first) {
    throw Error("invalid_dataset", "data set: more labels than pictures.");
  }
  for (const std::uint8_t label : labels) {
    if (label < classes_) continue;
    throw Error("invalid_dataset", {"data set: expected labels below ", std::to_string(classes_),
                                    ", got ", std::to_string(label), "."});
  }
  std::ranges::copy(labels, labels_.begin() + static_cast<std::ptrdiff_t>(first));
}

Rows Dataset::rows(std::size_t first, std::size_t count) const {
  return {std::span(pixels_).subspan(first * size_, count * size_),
          std::span(labels_).subspan(first, count),
          {},
          size_};
}

Rows Dataset::rows(std::span<const std::uint32_t> order) const {
  return {pixels_, labels_, order, size_};
}

std::span<const std::uint8_t> Dataset::image(std::size_t i) const {
  if (i >= count())
    throw Error("invalid_dataset", {"data set: there is no picture ", std::to_string(i), "."});
  return std::span(pixels_).subspan(i * size_, size_);
}

std::uint8_t Dataset::label(std::size_t i) const {
  if (i >= count())
    throw Error("invalid_dataset", {"data set: there is no label ", std::to_string(i), "."});
  return labels_[i];
}

}  // namespace ziffer::training
