// Between JavaScript and C++: arrays are copied, never viewed (growing memory detaches views), and
// errors cross as JavaScript Errors with a string `code`.
#pragma once

#include <emscripten/val.h>

#include <cstdint>
#include <exception>
#include <new>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace ziffer::bindings {

[[noreturn]] void throw_error(const std::string& code, const std::string& message);

inline constexpr const char* kOutOfMemory = "out_of_memory";
inline constexpr const char* kNoMemory =
    "The browser gave no more memory. Close other tabs, or use a smaller model or fewer images.";

/// Runs f; what it throws becomes a JavaScript Error. No C++ exception crosses.
template <class F>
auto guarded(F&& f) -> decltype(f()) {
  std::string code = "internal", message;
  try {
    return f();
  } catch (const Error& e) {
    code = e.code();
    message = e.what();
  } catch (const std::bad_alloc&) {
    code = kOutOfMemory;
    message = kNoMemory;
  } catch (const std::length_error&) {  // more than can be asked for
    code = kOutOfMemory;
    message = kNoMemory;
  } catch (const std::exception& e) {
    message = e.what();
  }
  throw_error(code, message);
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
