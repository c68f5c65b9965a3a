// Numbers to bytes and back, for what travels between workers and for saved training states. Both
// ends are this code on little-endian machines; the reader trusts no length all the same.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include "core/error.hpp"

namespace ziffer::training {

class WireWriter {
 public:
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void put(const T& value) {
    append(&value, sizeof value);
  }
  /// The numbers alone: the reader knows how many.
  template <class T>
  void put_all(std::span<const T> values) {
    append(values.data(), values.size_bytes());
  }
  void reserve(std::size_t bytes) { bytes_.reserve(bytes); }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  void append(const void* from, std::size_t size) {
    const auto* p = static_cast<const std::uint8_t*>(from);
    bytes_.insert(bytes_.end(), p, p + size);
  }
  std::vector<std::uint8_t> bytes_;
};

/// Errors: `invalid_task` when the bytes end too early.
class WireReader {
 public:
  explicit WireReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  template <class T>
    requires std::is_trivially_copyable_v<T>
  T get() {
    T value;
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
    return value;
  }
  template <class T>
  void get_all(std::span<T> values) {
    if (values.empty()) return;
    const std::span<const std::uint8_t> from = take(values.size_bytes());
    std::memcpy(values.data(), from.data(), from.size());
  }
  /// A view of the next bytes.
  std::span<const std::uint8_t> take(std::size_t size) {
    if (size > bytes_.size()) throw Error("invalid_task", "message: it ends too early.");
    const std::span<const std::uint8_t> out = bytes_.first(size);
    bytes_ = bytes_.subspan(size);
    return out;
  }
  std::size_t left() const noexcept { return bytes_.size(); }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace ziffer::training
