// Which variant serves which shape. The choice never depends on the number of images: a picture's
// answer must not.
#include "kernels/conv_pool/conv_pool.hpp"

#include <algorithm>

namespace ziffer::kernels {

std::size_t conv_relu_pool_scratch(const ConvPoolShape& s) {
  return std::max(
      {winograd::serves(s) ? winograd::scratch(s) : 0, picture::serves(s) ? picture::scratch(s) : 0,
       picture::gradient_serves(s) ? picture::weight_gradient_scratch(s) : 0, direct::scratch(s),
       sparse::weight_gradient_scratch(s), sparse::input_gradient_scratch(s)});
}

void conv_relu_pool(const ConvPoolShape& s, int images, std::span<const float> x,
                    std::span<const float> w, std::span<const float> bias, std::span<float> y,
                    std::span<std::uint8_t> argmax, std::span<float> scratch) {
  // Between one channel and eight Winograd's transforms cost more than the products they save.
  const auto run = picture::serves(s)                       ? &picture::conv_relu_pool
                   : winograd::serves(s) && s.channels >= 8 ? &winograd::conv_relu_pool
                                                            : &direct::conv_relu_pool;
  run(s, images, x, w, bias, y, argmax, scratch);
}

void conv_relu_pool_weight_gradient(const ConvPoolShape& s, int images, std::span<const float> x,
                                    std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                    std::span<float> dw, std::span<float> dbias,
                                    std::span<float> scratch) {
  const auto run = picture::gradient_serves(s) ? &picture::conv_relu_pool_weight_gradient
                                               : &sparse::conv_relu_pool_weight_gradient;
  run(s, images, x, argmax, dy, dw, dbias, scratch);
}

void conv_relu_pool_input_gradient(const ConvPoolShape& s, int images, std::span<const float> w,
                                   std::span<const std::uint8_t> argmax, std::span<const float> dy,
                                   std::span<float> dx, std::span<float> scratch) {
  sparse::conv_relu_pool_input_gradient(s, images, w, argmax, dy, dx, scratch);
}

}  // namespace ziffer::kernels
