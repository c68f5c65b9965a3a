# What every target is compiled with, as interface targets that rooms and programs link.

# C++20, src/ as the include root, and the promise that one seed gives the same bits everywhere: no contraction of
# a·b+c into one rounding, no reordering, and natively only the baseline instruction set (SSE2 on x86-64).
add_library(ziffer_contract INTERFACE)
target_compile_features(ziffer_contract INTERFACE cxx_std_20)
target_include_directories(ziffer_contract INTERFACE ${PROJECT_SOURCE_DIR}/src)
target_compile_options(ziffer_contract INTERFACE -ffp-contract=off -fno-fast-math)

if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  # With 32 bits (-m32) SSE has to be named too, else sums are rounded in 80 bits.
  target_compile_options(ziffer_contract INTERFACE -march=x86-64 -msse2 -mfpmath=sse)
endif()

if(EMSCRIPTEN)
  # Engines that read the site's scripts have these two, with SIMD or without; they make the modules smaller.
  set(features -mbulk-memory -mnontrapping-fptoint $<$<BOOL:${ZIFFER_SIMD}>:-msimd128>)
  # The encoding of exceptions is chosen, not left to the compiler's version: the first one runs everywhere, the one with
  # exnref neither in Node 20 nor in Safari before 18.4 or Chrome before 137. Emscripten renamed its setting in 4.0.
  if(EMSCRIPTEN_VERSION VERSION_LESS 4.0.0)
    set(exceptions -fwasm-exceptions -sWASM_EXNREF=0)
  else()
    set(exceptions -fwasm-exceptions -sWASM_LEGACY_EXCEPTIONS=1)
  endif()
  target_compile_options(ziffer_contract INTERFACE ${exceptions} ${features})
  target_link_options(ziffer_contract INTERFACE ${exceptions} ${features}
    -sALLOW_MEMORY_GROWTH -sSTACK_SIZE=1MB)
endif()

if(ZIFFER_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(ziffer_contract INTERFACE ${sanitizers})
  target_link_options(ziffer_contract INTERFACE ${sanitizers})
endif()

if(ZIFFER_FUZZ)
  # stb_image shifts and adds beyond what the language promises, without harm; its memory is what counts.
  target_compile_options(ziffer_contract INTERFACE -fsanitize=fuzzer-no-link)
  set_source_files_properties(src/data/stb_image.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize=undefined)
endif()
if(ZIFFER_FUZZ STREQUAL "MEMORY")
  # libFuzzer brings its own copies of std::vector's functions, which MemorySanitizer does not see into; those of the
  # library's debug mode have other names.
  target_compile_definitions(ziffer_contract INTERFACE _GLIBCXX_DEBUG)
  target_compile_options(ziffer_contract INTERFACE -fsanitize=memory -fno-omit-frame-pointer
    -fsanitize-ignorelist=${PROJECT_SOURCE_DIR}/tests/fuzz/memory/uninstrumented.txt)
  target_link_options(ziffer_contract INTERFACE -fsanitize=memory)
endif()

# Privately linked, so that nobody who uses a room inherits its warnings.
add_library(ziffer_warnings INTERFACE)
target_compile_options(ziffer_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  $<$<BOOL:${ZIFFER_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC guesses at these from its optimiser's view, and its versions differ: -Wrestrict is wrong about std::string
  # concatenation in GCC 12 (GCC bug 105651).
  target_compile_options(ziffer_warnings INTERFACE -Wno-restrict -Wno-missing-field-initializers -Wno-error=array-bounds
    -Wno-error=maybe-uninitialized -Wno-error=stringop-overflow)
endif()
