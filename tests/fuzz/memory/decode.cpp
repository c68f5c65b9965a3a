// Files of pictures under MemorySanitizer: no pixel comes from memory that nobody wrote. What a
// refusal says is checked by the same target of the other sanitizers.
#include <sanitizer/msan_interface.h>

#include "core/error.hpp"
#include "data/picture.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<std::uint8_t> bytes(data, data + size);
  try {
    const ziffer::data::Picture picture = ziffer::data::decode_picture(bytes);
    __msan_check_mem_is_initialized(picture.gray.data(), picture.gray.size());
  } catch (const ziffer::Error&) {
    return 0;
  }
  return 0;
}
