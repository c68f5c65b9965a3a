#include "nn/layer.hpp"

namespace ziffer::nn {

std::vector<Parameter> kernel_and_bias(Shape kernel, bool use_bias, Initializer of_kernel,
                                       Initializer of_bias) {
  const auto& d = kernel.dims();
  int receptive = 1;
  for (std::size_t i = 0; i + 2 < d.size(); ++i) receptive *= d[i];
  const int outputs = d.back();
  const int fan_in = receptive * d[d.size() - 2], fan_out = receptive * outputs;
  std::vector<Parameter> out{{"kernel", std::move(kernel), 0, of_kernel, fan_in, fan_out}};
  if (use_bias) out.push_back(per_channel("bias", outputs, of_bias));
  return out;
}

}  // namespace ziffer::nn
