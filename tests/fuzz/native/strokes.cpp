// Strokes of a pen: floats of every kind, in every order.
#include "digit.hpp"

using namespace ziffer;

namespace {

/// Takes numbers from the front of the bytes; 0 when there are none left.
class Numbers {
 public:
  explicit Numbers(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  bool more() const { return !bytes_.empty(); }

  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t out = bytes_[0];
    bytes_ = bytes_.subspan(1);
    return out;
  }

  /// Mostly a place on a pad; else any bits, something huge, or something tiny.
  float number() {
    const std::uint8_t kind = byte();
    const float place = static_cast<float>(byte() * 256 + byte());
    if (kind == 0) {
      std::uint32_t bits = 0;
      for (int i = 0; i < 4; ++i) bits = bits << 8 | byte();
      float any;
      std::memcpy(&any, &bits, sizeof any);
      return any;
    }
    return kind == 1 ? place * 1e33F : kind == 2 ? place * 1e-43F : place / 64 - 128;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Numbers in({data, size});
  data::InkOptions options;
  const std::uint8_t given = in.byte();
  if ((given & 1) != 0) options.pen_width = in.number();
  if ((given & 2) != 0) options.dot_size = in.number();
  std::vector<data::Stroke> strokes;
  while (in.more() && strokes.size() < 50) {
    data::Stroke& stroke = strokes.emplace_back();
    for (int points = in.byte() % 40; points > 0 && in.more(); --points) {
      stroke.push_back({in.number(), in.number(), (given & 4) != 0 ? in.number() : 0.5F});
    }
  }
  fuzz::refuses_only_with({"ink_invalid"},
                          [&] { fuzz::is_a_digit(data::normalize_strokes(strokes, options)); });
  return 0;
}
