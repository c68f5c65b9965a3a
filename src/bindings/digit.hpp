// A normalised digit and its options, on their way between JavaScript and C++.
#pragma once

#include <emscripten/val.h>

#include <string>

#include "data/ink.hpp"

namespace ziffer::bindings {

/// Reads a JSON object; what it does not say stays at its default. Errors: `invalid_argument`.
data::InkOptions ink_options(const std::string& json);

/// {image, empty, steps}: CoreDigit in web/worker/core.ts.
emscripten::val digit_object(const data::Normalized&);

}  // namespace ziffer::bindings
