#include "engine/activate.hpp"

#include <algorithm>
#include <string_view>

#include "kernels/activation.hpp"
#include "kernels/elementwise.hpp"

namespace ziffer::engine {
namespace {

/// Null for those of a whole row, and for linear.
const kernels::Activation* of_one_number(nn::Activation activation) {
  const std::string_view name = word(activation);
  const auto all = kernels::activations();
  const auto found = std::ranges::find(all, name, &kernels::Activation::name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

bool slope_from_input(nn::Activation activation) {
  const kernels::Activation* one = of_one_number(activation);
  return one != nullptr && one->slope_from_input;
}

void activate(nn::Activation activation, int width, std::span<float> z) {
  if (const kernels::Activation* one = of_one_number(activation)) return one->run(z);
  if (activation == nn::Activation::softmax) return kernels::softmax(z, width);
  if (activation == nn::Activation::log_softmax) return kernels::log_softmax(z, width);
}

void activation_gradient(nn::Activation activation, int width, std::span<const float> a,
                         std::span<float> dy) {
  if (const kernels::Activation* one = of_one_number(activation)) return one->gradient(a, dy);
  if (activation == nn::Activation::softmax) return kernels::softmax_gradient(a, width, dy);
  if (activation == nn::Activation::log_softmax) return kernels::log_softmax_gradient(a, width, dy);
}

}  // namespace ziffer::engine
