#include "bindings/convert.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <new>
#include <stdexcept>

#include "kernels/elementwise.hpp"

namespace ziffer::bindings {
namespace {

using emscripten::typed_memory_view;
using emscripten::val;

bool is(const val& array, const char* type) { return array.instanceof(val::global(type)); }

template <class T>
std::vector<T> copy_in(const val& array, const char* type) {
  if (!is(array, type)) {
    throw Error("invalid_argument", {"expected a ", type, "."});
  }
  std::vector<T> out(array["length"].as<std::size_t>());
  if (!out.empty()) val(typed_memory_view(out.size(), out.data())).call<void>("set", array);
  return out;
}

template <class T>
val copy_out(std::span<const T> values, const char* type) {
  if (values.empty()) return val::global(type).new_(0);
  return val::global(type).new_(val(typed_memory_view(values.size(), values.data())));
}

/// What JavaScript is told of an exception.
struct Failure {
  std::string code, message;
};

Failure failure_of(const std::exception& e) {
  if (const auto* error = dynamic_cast<const Error*>(&e)) return {error->code(), error->what()};
  // A vector that is asked for more than there can be throws the second.
  if (dynamic_cast<const std::bad_alloc*>(&e) != nullptr ||
      dynamic_cast<const std::length_error*>(&e) != nullptr) {
    return {"out_of_memory",
            "The browser gave no more memory. Close other tabs, or use a smaller model or fewer "
            "images."};
  }
  return {"internal", e.what()};
}

Failure noted;

}  // namespace

void note_failure() {
  try {
    throw;
  } catch (const std::exception& e) {
    noted = failure_of(e);
  }
}

void throw_noted() {
  val error = val::global("Error").new_(noted.message);
  error.set("code", noted.code);
  error.throw_();
}

std::vector<std::uint8_t> bytes_from(const val& array) {
  return copy_in<std::uint8_t>(array, "Uint8Array");
}
std::vector<float> floats_from(const val& array) { return copy_in<float>(array, "Float32Array"); }
std::vector<std::uint32_t> integers_from(const val& array) {
  return copy_in<std::uint32_t>(array, "Uint32Array");
}

void require_finite(std::span<const float> numbers, const char* what) {
  const auto bad = std::ranges::find_if_not(numbers, [](float x) { return std::isfinite(x); });
  if (bad == numbers.end()) return;
  throw Error("invalid_argument",
              {what, ": expected finite numbers, got ", std::isnan(*bad) ? "NaN" : "infinity",
               " at ", std::to_string(bad - numbers.begin()), "."});
}

std::vector<float> pictures_from(const val& array, std::size_t expected) {
  std::vector<float> out;
  if (is(array, "Uint8Array")) {
    const std::vector<std::uint8_t> bytes = bytes_from(array);
    out.resize(bytes.size());
    kernels::pixels_to_float(bytes, out);
  } else {
    out = floats_from(array);
  }
  if (out.size() != expected) {
    throw Error("invalid_argument", {"expected pictures of ", std::to_string(expected),
                                     " numbers in all, got ", std::to_string(out.size()), "."});
  }
  require_finite(out, "pictures");
  return out;
}

val to_array(std::span<const float> values) { return copy_out(values, "Float32Array"); }
val to_array(std::span<const std::uint8_t> values) { return copy_out(values, "Uint8Array"); }
val to_array(std::span<const std::uint32_t> values) { return copy_out(values, "Uint32Array"); }

}  // namespace ziffer::bindings
