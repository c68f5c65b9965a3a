#include "nn/layer.hpp"

namespace ziffer::nn {

Parameter drawn_as_kernel(const char* name, Shape shape, Initializer initializer) {
  const auto& d = shape.dims();
  int receptive = 1;
  for (std::size_t i = 0; i + 2 < d.size(); ++i) receptive *= d[i];
  const int inputs = d.size() < 2 ? d.back() : d[d.size() - 2];
  const int fan_in = receptive * inputs, fan_out = receptive * d.back();
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
