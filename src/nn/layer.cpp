#include "nn/layer.hpp"

#include <algorithm>
#include <limits>

namespace ziffer::nn {

Parameter drawn_as_kernel(const char* name, Shape shape, Initializer initializer) {
  // What is larger is refused, with all that belongs to it.
  const auto fan = [](std::uint64_t n) {
    return static_cast<int>(std::min<std::uint64_t>(n, std::numeric_limits<int>::max()));
  };
  const auto& d = shape.dims();
  std::uint64_t receptive = 1;
  for (std::size_t i = 0; i + 2 < d.size(); ++i) receptive = count_of(receptive, d[i]);
  const int inputs = d.size() < 2 ? d.back() : d[d.size() - 2];
  const int fan_in = fan(count_of(receptive, inputs)), fan_out = fan(count_of(receptive, d.back()));
  return {name, std::move(shape), 0, initializer, fan_in, fan_out};
}

std::vector<Parameter> kernel_and_bias(Shape kernel, bool use_bias, Initializer of_kernel,
                                       Initializer of_bias) {
  const int outputs = kernel.dims().back();
  std::vector<Parameter> out{drawn_as_kernel("kernel", std::move(kernel), of_kernel)};
  if (use_bias) out.push_back(per_channel("bias", outputs, of_bias));
  return out;
}

}  // namespace ziffer::nn
