# The toolchain file of the wasm presets. `npm run setup` chooses an Emscripten and notes its folder in .tools/.
set(note ${CMAKE_CURRENT_LIST_DIR}/../.tools/emscripten-root)
if(NOT EXISTS ${note})
  message(FATAL_ERROR "No Emscripten has been chosen yet. Run `npm run setup`.")
endif()
file(STRINGS ${note} emscripten_root LIMIT_COUNT 1)
include(${emscripten_root}/cmake/Modules/Platform/Emscripten.cmake)
