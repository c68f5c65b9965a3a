#include "data/stb_image.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace ziffer::data {
namespace {

// Work that no count of bytes or pixels bounds: a megabyte of empty Deflate blocks, each with
// tables of its own, takes seconds and unpacks to nothing. stb_image clears each table by memset(),
// and checks itself for each symbol that it enters and for each that is longer than a table's quick
// part. Both are counted, since they are the only places where it calls us. The largest pictures
// come to some twenty million.
constexpr std::int64_t kMaxWork = 200'000'000;
constexpr std::size_t kClearedAtOnce = 8;  // bytes that are cleared in the time of a check

[[noreturn]] void throw_too_much(const char* what) {
  throw Error("picture_too_large", {"picture: unpacking it takes too much ", what,
                                    ". Crop it to what is drawn or save it again as PNG or JPEG."});
}

/// One reading of one file: owns all that stb_image allocates meanwhile, since an error that leaves
/// stb_image by an exception leaves its memory behind.
class Reading {
 public:
  Reading();
  ~Reading();
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  void* allocate(std::size_t size) {
    if (size > kMaxUnpackingBytes - held_) throw_too_much("memory");
    auto* block = static_cast<Block*>(std::calloc(1, sizeof(Block) + size));
    if (block == nullptr) throw_too_much("memory");
    held_ += size;
    *block = {.size = size, .before = &all_, .after = all_.after};
    if (block->after != nullptr) block->after->before = block;
    all_.after = block;
    return block + 1;
  }

  void* reallocate(void* memory, std::size_t size) {
    void* larger = allocate(size);
    if (memory != nullptr) {
      std::memcpy(larger, memory, std::min(size, block_of(memory)->size));
      release(memory);
    }
    return larger;
  }

  void release(void* memory) {
    if (memory == nullptr) return;
    Block* block = block_of(memory);
    held_ -= block->size;
    block->before->after = block->after;
    if (block->after != nullptr) block->after->before = block->before;
    std::free(block);
  }

  void check(bool holds) {
    if (!holds) {
      throw Error("picture_invalid",
                  "picture: the file is damaged (its parts contradict each other). Save it again "
                  "as PNG or JPEG.");
    }
    count(1);
  }

  void* clear(void* memory, int value, std::size_t size) {
    count(size / kClearedAtOnce);
    return std::memset(memory, value, size);
  }

 private:
  /// Stands before each allocation, in a list of all.
  struct alignas(std::max_align_t) Block {
    std::size_t size = 0;
    Block* before = nullptr;
    Block* after = nullptr;
  };
  void count(std::size_t work) {
    work_ += static_cast<std::int64_t>(work);
    if (work_ > kMaxWork) throw_too_much("time");
  }

  static Block* block_of(void* memory) { return static_cast<Block*>(memory) - 1; }

  Block all_;
  std::size_t held_ = 0;
  std::int64_t work_ = 0;
};

thread_local Reading* reading = nullptr;

}  // namespace
}  // namespace ziffer::data

#define STBI_MALLOC(size) ziffer::data::reading->allocate(size)
#define STBI_REALLOC(block, size) ziffer::data::reading->reallocate(block, size)
#define STBI_FREE(block) ziffer::data::reading->release(block)
#define STBI_ASSERT(holds) ziffer::data::reading->check(holds)
#define memset(memory, value, size) ziffer::data::reading->clear(memory, value, size)
#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_SIMD  // the same arithmetic natively as in WebAssembly
#define STBI_MAX_DIMENSIONS 32768

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
#include <stb/stb_image.h>
#pragma GCC diagnostic pop
#undef memset

namespace ziffer::data {
namespace {

Reading::Reading() {
  reading = this;
  stbi__g_failure_reason = nullptr;  // what an earlier file left
}

Reading::~Reading() {
  while (all_.after != nullptr) release(all_.after + 1);
  reading = nullptr;
}

[[noreturn]] void throw_failure() {
  const char* reason = stbi_failure_reason();
  if (reason != nullptr && std::string_view(reason) == "too large") throw_too_much("memory");
  throw Error("picture_invalid",
              {"picture: the file is damaged (", reason != nullptr ? reason : "unknown",
               "). Save it again as PNG or JPEG."});
}

}  // namespace

StbSize stb_size(std::span<const std::uint8_t> file) {
  const Reading session;
  const int length = static_cast<int>(file.size());
  StbSize size;
  if (stbi_info_from_memory(file.data(), length, &size.width, &size.height, &size.channels) == 0) {
    // The reason that remains is that of the last format tried. Loading fails at the same place and
    // says why.
    stbi_load_from_memory(file.data(), length, &size.width, &size.height, &size.channels, 1);
    throw_failure();
  }
  return size;
}

std::vector<std::uint8_t> stb_pixels(std::span<const std::uint8_t> file, int channels) {
  const Reading session;
  StbSize size;
  const stbi_uc* pixels =
      stbi_load_from_memory(file.data(), static_cast<int>(file.size()), &size.width, &size.height,
                            &size.channels, channels);
  if (pixels == nullptr) throw_failure();
  const auto count = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
  return {pixels, pixels + count * static_cast<std::size_t>(channels)};
}

}  // namespace ziffer::data
