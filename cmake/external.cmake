# Header-only libraries of the system, as one target each: ziffer_eigen, ziffer_json, ziffer_stb, ziffer_doctest.
# Each gets an include folder of its own with a link to the headers, because naming /usr/include itself would make
# Emscripten read the host's C library.

function(ziffer_external name probe folder)
  find_path(ZIFFER_${name}_INCLUDE ${probe} PATH_SUFFIXES ${ARGN}
    PATHS /usr/include /usr/local/include /opt/homebrew/include NO_CMAKE_FIND_ROOT_PATH)
  if(NOT ZIFFER_${name}_INCLUDE)
    message(FATAL_ERROR "Cannot find <${probe}>. Run `npm run setup`, which installs it.")
  endif()
  set(include ${PROJECT_BINARY_DIR}/external/${name})
  file(MAKE_DIRECTORY ${include})
  file(CREATE_LINK ${ZIFFER_${name}_INCLUDE}/${folder} ${include}/${folder} SYMBOLIC)
  add_library(ziffer_${name} INTERFACE)
  target_include_directories(ziffer_${name} SYSTEM INTERFACE ${include})
endfunction()

ziffer_external(eigen Eigen/Core Eigen eigen3)
ziffer_external(json nlohmann/json.hpp nlohmann)
# Every value is asked for its type before it is read, so none of its exceptions can happen (tests/native/nn/config_hostile_test.cpp);
# without them and their texts the module is smaller.
target_compile_definitions(ziffer_json INTERFACE JSON_NOEXCEPTION)
ziffer_external(stb stb/stb_image.h stb)
ziffer_external(doctest doctest/doctest.h doctest)
if(EMSCRIPTEN)
  target_compile_definitions(ziffer_doctest INTERFACE DOCTEST_CONFIG_NO_POSIX_SIGNALS)
endif()
