// What the fuzzers share. Each file beside this one is one target: libFuzzer calls it with bytes,
// and whatever it gets it returns, or an Error of a known code was thrown and nothing else
// happened.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace ziffer::fuzz {

/// Ends the process, so that libFuzzer keeps the input, unless the law holds.
inline void law(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// Runs f. An Error must have one of the codes and a text that a person can read.
/// Returns whether none was thrown.
template <class F>
bool refuses_only_with(std::initializer_list<std::string_view> codes, F&& f) {
  try {
    f();
    return true;
  } catch (const Error& e) {
    law(std::ranges::find(codes, e.code()) != codes.end(), e.what());
    law(std::strlen(e.what()) < 2000, "a text is short");
    return false;
  }
}

/// A copy of exactly this size, so that a read past its end is seen.
inline std::vector<std::uint8_t> exactly(const std::uint8_t* data, std::size_t size) {
  return {data, data + size};
}

}  // namespace ziffer::fuzz
