// IDX files of images and of labels.
#include "data/idx.hpp"
#include "fuzz.hpp"

using namespace ziffer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = fuzz::exactly(data, size);
  fuzz::refuses_only_with({"idx_invalid"}, [&] {
    const data::IdxImages images = data::parse_idx_images(bytes, "images");
    const auto told = std::uint64_t(images.count) * std::uint64_t(images.height) *
                      std::uint64_t(images.width) * std::uint64_t(images.channels);
    fuzz::law(told == images.pixels.size(), "the header counts the pixels");
    fuzz::law(images.pixels.data() + images.pixels.size() <= bytes.data() + bytes.size(),
              "pixels lie in the file");
  });
  fuzz::refuses_only_with({"idx_invalid"}, [&] {
    const auto labels = data::parse_idx_labels(bytes, "labels");
    fuzz::law(labels.size() + 8 == bytes.size(), "labels are all but the header");
  });
  return 0;
}
