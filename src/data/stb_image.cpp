// stb_image's implementation, with a ceiling on every allocation: a small PNG can claim, or inflate
// to, gigabytes.
#include <cstdint>
#include <cstdlib>
#include <limits>

namespace {

// kMaxPicturePixels × 4 channels × 2 bytes, and some room for PNG's filter bytes.
constexpr std::size_t kMaxAllocation = 224'000'000;

void* bounded_realloc(void* block, std::size_t size) {
  return size > kMaxAllocation ? nullptr : std::realloc(block, size);
}

}  // namespace

#define STBI_MALLOC(size) bounded_realloc(nullptr, size)
#define STBI_REALLOC(block, size) bounded_realloc(block, size)
#define STBI_FREE(block) std::free(block)
#define STB_IMAGE_IMPLEMENTATION

// stb_image is C of its own style; its warnings are not ours to mend.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#pragma GCC diagnostic ignored "-Wcast-align"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wdouble-promotion"
#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"
#include "data/stb_image.hpp"
#pragma GCC diagnostic pop
