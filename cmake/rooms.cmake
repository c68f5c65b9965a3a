# How a room of src/, a program and the browser's module become targets.

# ziffer_room(<name> [SMALL] [FAST <source>…] [KNOWS <room>…] [EXTERNAL <library>…]): the library of src/<name>. Headers
# only is fine. SMALL: no time is spent here, so the browser's module is built for size (every visitor downloads it).
# FAST: time is spent in these sources alone; the others are built for size, but for what makes loops slow.
function(ziffer_room name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SMALL" "" "FAST;KNOWS;EXTERNAL")
  list(TRANSFORM arg_KNOWS PREPEND ziffer_)
  list(TRANSFORM arg_EXTERNAL PREPEND ziffer_)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  if(sources)
    add_library(ziffer_${name} STATIC ${sources})
    target_link_libraries(ziffer_${name} PUBLIC ziffer_contract ${arg_KNOWS} ${arg_EXTERNAL} PRIVATE ziffer_warnings)
    if(EMSCRIPTEN AND arg_SMALL)
      target_compile_options(ziffer_${name} PRIVATE -Oz)
    elseif(EMSCRIPTEN AND arg_FAST)
      target_compile_options(ziffer_${name} PRIVATE -Os)
      list(TRANSFORM arg_FAST PREPEND ${PROJECT_SOURCE_DIR}/src/${name}/)
      set_source_files_properties(${arg_FAST} PROPERTIES COMPILE_OPTIONS -O3)
    endif()
  else()
    add_library(ziffer_${name} INTERFACE)
    target_link_libraries(ziffer_${name} INTERFACE ziffer_contract ${arg_KNOWS} ${arg_EXTERNAL})
  endif()
endfunction()

# ziffer_program(<target> <folder> [KNOWS <room>…] [EXTERNAL <library>…]): an executable of all .cpp in the folder, if
# there are any. The WebAssembly build makes it a CommonJS script for Node that reads files and takes arguments.
function(ziffer_program target folder)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "KNOWS;EXTERNAL")
  list(TRANSFORM arg_KNOWS PREPEND ziffer_)
  list(TRANSFORM arg_EXTERNAL PREPEND ziffer_)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${target} ${sources})
  target_link_libraries(${target} PRIVATE ziffer_contract ${arg_KNOWS} ${arg_EXTERNAL} ziffer_warnings)
  target_compile_definitions(${target} PRIVATE ZIFFER_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(EMSCRIPTEN)
    target_link_options(${target} PRIVATE -sENVIRONMENT=node -sNODERAWFS -sEXIT_RUNTIME)
    # package.json of the project says "type": "module", but this glue is CommonJS.
    file(WRITE ${PROJECT_BINARY_DIR}/package.json "{ \"type\": \"commonjs\" }\n")
  endif()
endfunction()

# ziffer_worker_program(<target> <folder> …): the same program as a classic worker's script, for a browser.
function(ziffer_worker_program target folder)
  ziffer_program(${target} ${folder} ${ARGN})
  if(TARGET ${target})
    set_property(TARGET ${target} PROPERTY LINK_OPTIONS -sENVIRONMENT=worker -sFILESYSTEM=0 -sEXIT_RUNTIME)
  endif()
endfunction()

# ziffer_module(<target> OUTPUT <name> SOURCES <pattern>… [KNOWS <room>…] [EXTERNAL <library>…]): a wasm module that
# the worker imports, as <name>.mjs and <name>.wasm. It runs under a content security policy without unsafe-eval.
# emmalloc is 2 KB smaller than the usual allocator; nothing is allocated in a step of training. Without `web` the glue
# imports Node's "module" at its top, and no browser's worker loads it.
function(ziffer_module target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT" "SOURCES;KNOWS;EXTERNAL")
  list(TRANSFORM arg_KNOWS PREPEND ziffer_)
  list(TRANSFORM arg_EXTERNAL PREPEND ziffer_)
  list(TRANSFORM arg_SOURCES PREPEND ${PROJECT_SOURCE_DIR}/)
  file(GLOB sources CONFIGURE_DEPENDS ${arg_SOURCES})
  if(NOT sources)
    return()
  endif()
  add_executable(${target} ${sources})
  target_link_libraries(${target} PRIVATE ziffer_contract ${arg_KNOWS} ${arg_EXTERNAL} ziffer_warnings)
  target_compile_options(${target} PRIVATE -Oz)
  target_link_options(${target} PRIVATE -lembind -sMODULARIZE -sEXPORT_ES6 -sEXPORT_NAME=createZiffer
    -sENVIRONMENT=web,worker,node -sINCOMING_MODULE_JS_API=instantiateWasm,locateFile -sTEXTDECODER=2
    -sDYNAMIC_EXECUTION=0 -sFILESYSTEM=0 -sMALLOC=emmalloc --closure=0
    # An error that crosses to JavaScript leaves the stack where it was thrown; whoever called sets it back.
    -sEXPORTED_RUNTIME_METHODS=stackSave,stackRestore)
  set_target_properties(${target} PROPERTIES OUTPUT_NAME ${arg_OUTPUT} SUFFIX .mjs)
endfunction()

# ziffer_fuzzers(): fuzz_<name> of each .cpp in the folder of tests/fuzz that ZIFFER_FUZZ asks for.
function(ziffer_fuzzers)
  set(folder native)
  if(ZIFFER_FUZZ STREQUAL "MEMORY")
    set(folder memory)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/${folder}/*.cpp)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    target_link_libraries(fuzz_${name} PRIVATE ziffer_contract ziffer_training ziffer_data)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  endforeach()
endfunction()
