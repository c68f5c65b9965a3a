// The random numbers of layers that are active in training only. Private to the engine.
#pragma once

#include <string>

#include "core/rng.hpp"
#include "engine/op.hpp"
#include "engine/ops/stream.hpp"

namespace ziffer::engine {

/// One stream for each image of each step, so that what is drawn depends on nothing else.
class Noise {
 public:
  explicit Noise(const std::string& layer) : stream_(stream_of(layer)) {}

  /// Of a pass in training.
  Rng of(const Pass& pass, int image) const {
    const DropoutKey& key = *pass.dropout;
    const std::uint64_t place = key.first_image + static_cast<std::uint64_t>(image);
    return Rng(key.seed ^ (stream_ << 56), (key.step << 20) + place);
  }

 private:
  std::uint64_t stream_;
};

}  // namespace ziffer::engine
