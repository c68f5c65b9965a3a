// Between JavaScript and C++: arrays are copied, never viewed (growing memory detaches views), and
// errors cross as JavaScript Errors with a string `code`.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace ziffer::bindings {

/// Notes what JavaScript is told of the exception that is being handled.
void note_failure();
/// Throws what was noted as a JavaScript Error.
[[noreturn]] void throw_noted();

/// Runs f; what it throws becomes a JavaScript Error. No C++ exception crosses. The Error is thrown
/// after the handler has ended: from within, the exception would never be freed. Every function
/// that JavaScript calls has a copy of this, so it is short.
template <class F>
auto guarded(F&& f) -> decltype(f()) {
  try {
    return f();
  } catch (...) {
    note_failure();
  }
  throw_noted();
}

/// The numbers of a typed array. Errors: `invalid_argument` when it is none of that element size.
std::vector<std::uint8_t> bytes_from(const emscripten::val& array);
std::vector<float> floats_from(const emscripten::val& array);
std::vector<std::uint32_t> integers_from(const emscripten::val& array);

/// Errors: `invalid_argument`, naming the first number that is NaN or infinite.
void require_finite(std::span<const float> numbers, const char* what);

/// Pictures as floats: a Uint8Array is divided by 255, a Float32Array is taken as it is.
/// Errors: `invalid_argument` unless there are `expected` numbers, all finite.
std::vector<float> pictures_from(const emscripten::val& array, std::size_t expected);

emscripten::val to_array(std::span<const float> values);
emscripten::val to_array(std::span<const std::uint8_t> values);
emscripten::val to_array(std::span<const std::uint32_t> values);

}  // namespace ziffer::bindings
