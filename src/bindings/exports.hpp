// The only way by which C++ is given to JavaScript: every function runs in the guard. Nothing else
// includes Embind's registration (a test looks), so no exception crosses unguarded.
#pragma once

#include <emscripten/bind.h>

#include <utility>

#include "bindings/convert.hpp"

namespace ziffer::bindings {

template <auto kFunction, class Pointer>
struct InGuard;

template <auto kFunction, class Result, class... Argument>
struct InGuard<kFunction, Result (*)(Argument...)> {
  static Result run(Argument... arguments) {
    return guarded([&]() -> Result { return kFunction(std::forward<Argument>(arguments)...); });
  }
};

/// Gives a function, or a lambda without captures, to JavaScript.
template <auto kFunction, class... Policy>
void export_function(const char* name, Policy... policies) {
  emscripten::function(name, &InGuard<kFunction, decltype(+kFunction)>::run, policies...);
}

/// A class of JavaScript around a handle. The methods take the handle first.
template <class Handle>
class Exported {
 public:
  explicit Exported(const char* name) : class_(name) {}

  template <auto kFunction>
  const Exported& method(const char* name) const {
    class_.function(name, &InGuard<kFunction, decltype(+kFunction)>::run);
    return *this;
  }

 private:
  emscripten::class_<Handle> class_;
};

}  // namespace ziffer::bindings
