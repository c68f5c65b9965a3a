// Which random numbers belong to which layer.
#pragma once

#include <cstdint>
#include <string>

namespace ziffer::engine {

/// The name, not the position, picks the stream: two layers of a class in one model must differ.
inline std::uint64_t stream_of(const std::string& name) {
  std::uint64_t stream = 1469598103934665603ULL;
  for (const char c : name) stream = (stream ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  return stream;
}

}  // namespace ziffer::engine
