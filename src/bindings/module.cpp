// The WebAssembly module's face; web/worker/core.ts is the same in TypeScript.
#include <emscripten/bind.h>

#include "bindings/convert.hpp"
#include "bindings/handles.hpp"

EMSCRIPTEN_BINDINGS(ziffer) {
  ziffer::bindings::bind_model();
  ziffer::bindings::bind_training();
  ziffer::bindings::bind_data();
  emscripten::function(
      "selfTest", emscripten::optional_override([] {
        return ziffer::bindings::guarded([] { return ziffer::bindings::self_test(); });
      }));
}
