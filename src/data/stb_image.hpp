// The one door to stb_image: PNG, JPEG and BMP from memory, nothing else compiled in. Only
// picture.cpp uses it.
#pragma once

#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_ONLY_BMP
#define STBI_NO_STDIO
#define STBI_NO_SIMD  // the same arithmetic natively as in WebAssembly
#define STBI_MAX_DIMENSIONS 32768

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop
