// The pieces of a saved run. It may come from anywhere: nothing of it is believed before all of it
// was checked.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "training/wire.hpp"

namespace ziffer::training {

[[noreturn]] inline void refuse_run(const char* why) {
  throw Error("invalid_run", {"saved run: ", why, " Start anew."});
}

inline void require_of_run(bool consistent) {
  if (!consistent) refuse_run("its numbers contradict each other.");
}

template <class T>
void put_list(WireWriter& out, std::span<const T> values) {
  out.put(static_cast<std::uint64_t>(values.size()));
  out.put_all(values);
}

/// A list of at most `most` values.
template <class T>
std::vector<T> get_list(WireReader& in, std::uint64_t most) {
  const auto n = in.get<std::uint64_t>();
  if (n > most || n > in.left() / sizeof(T)) refuse_run("a list is too long.");
  std::vector<T> out(static_cast<std::size_t>(n));
  in.get_all(std::span(out));
  return out;
}

/// One number for each parameter, or none.
inline std::vector<float> get_all_or_none(WireReader& in, std::size_t parameters) {
  std::vector<float> out = get_list<float>(in, parameters);
  require_of_run(out.empty() || out.size() == parameters);
  return out;
}

}  // namespace ziffer::training
