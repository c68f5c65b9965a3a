// Where a layer's tensors lie in the flat arrays of parameters and gradients.
#pragma once

#include <algorithm>
#include <span>

#include "nn/sequential.hpp"

namespace ziffer::engine {

/// One tensor, by Keras's name for it; of size 0 where the layer has none of that name.
class Region {
 public:
  Region(const nn::Layer& layer, const char* name) {
    const auto p = std::ranges::find(layer.parameters, name, &nn::Parameter::name);
    if (p == layer.parameters.end()) return;
    offset_ = p->offset;
    size_ = p->size();
  }

  std::size_t size() const noexcept { return size_; }

  template <class T>
  std::span<T> of(std::span<T> flat) const {
    return flat.subspan(offset_, size_);
  }

 private:
  std::size_t offset_ = 0, size_ = 0;
};

}  // namespace ziffer::engine
