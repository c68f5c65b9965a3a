#include "nn/window.hpp"

#include <algorithm>
#include <limits>

namespace ziffer::nn {
namespace {

int same_before(int in, int out, int window, int stride) {
  return std::max((out - 1) * stride + window - in, 0) / 2;
}

}  // namespace

ResolvedWindow resolve_window(const Shape& input, Extent window, Extent strides, Padding padding) {
  if (padding == Padding::valid) {
    // Written so that a window larger than the input gives 0 or less, not a rounded-up 1.
    const auto out = [](int in, int w, int s) { return in < w ? 0 : (in - w) / s + 1; };
    return {out(input[0], window.height, strides.height),
            out(input[1], window.width, strides.width), 0, 0};
  }
  const int oh = (input[0] + strides.height - 1) / strides.height;
  const int ow = (input[1] + strides.width - 1) / strides.width;
  return {oh, ow, same_before(input[0], oh, window.height, strides.height),
          same_before(input[1], ow, window.width, strides.width)};
}

void require_image(const Incoming& in) {
  if (in.shape.rank() == 3) return;
  throw Error("shape_mismatch", {in.layer, ": expected an input of height × width × channels, got ",
                                 in.shape.text(), ". Put it before Flatten and Dense."});
}

Shape windowed(const Incoming& in, Extent window, Extent strides, Padding padding, int channels) {
  require_image(in);
  const ResolvedWindow r = resolve_window(in.shape, window, strides, padding);
  if (r.out_height < 1 || r.out_width < 1) {
    throw Error("shape_mismatch",
                {in.layer, ": a window of ", std::to_string(window.height), " × ",
                 std::to_string(window.width), " does not fit into ", in.shape.text(),
                 ". Make it smaller, use padding \"same\", or pool less."});
  }
  return Shape{r.out_height, r.out_width, channels};
}

Shaped convolved_depthwise(const Incoming& in, Extent window, Extent strides, Padding padding,
                           int multiplier, Extent dilation) {
  constexpr int kBesideWideProduct = 4;
  // More channels than an int counts are refused for the size of the output.
  const std::uint64_t channels =
      std::min<std::uint64_t>(count_of(in.channels(), multiplier), std::numeric_limits<int>::max());
  Shape output =
      windowed(in, dilated(window, dilation), strides, padding, static_cast<int>(channels));
  const std::uint64_t work =
      count_of(output.size(), window.height, window.width, kBesideWideProduct);
  return {std::move(output), {}, 0, work};
}

Shaped pooled(const Incoming& in, Extent window, Extent strides, Padding padding) {
  constexpr int kOneByOne = 16;
  Shape output = windowed(in, window, strides, padding, in.channels());
  const std::uint64_t work = count_of(output.size(), std::min(window.height, in.shape[0]),
                                      std::min(window.width, in.shape[1]), kOneByOne);
  return {std::move(output), {}, 0, work};
}

Shaped pooled_whole(const Incoming& in, bool keepdims) {
  require_image(in);
  Shaped out = pooled(in, {in.shape[0], in.shape[1]}, {1, 1}, Padding::valid);
  if (!keepdims) out.output = Shape{in.channels()};
  return out;
}

}  // namespace ziffer::nn
