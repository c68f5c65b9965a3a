// The WebAssembly module's face; web/worker/core.ts is the same in TypeScript.
#include "bindings/exports.hpp"
#include "bindings/handles.hpp"

EMSCRIPTEN_BINDINGS(ziffer) {
  ziffer::bindings::bind_model();
  ziffer::bindings::bind_training();
  ziffer::bindings::bind_data();
  ziffer::bindings::export_function<&ziffer::bindings::self_test>("selfTest");
}
