#include "training/clipping.hpp"

#include <algorithm>
#include <cmath>

namespace ziffer::training {
namespace {

double sum_of_squares(std::span<const float> values) {
  double sum = 0;
  for (const float v : values) sum += static_cast<double>(v) * static_cast<double>(v);
  return sum;
}

/// To a norm of `most` where it is `norm`, which is larger.
void shorten(std::span<float> values, double norm, float most) {
  if (!(norm > static_cast<double>(most))) return;
  const auto length = static_cast<float>(norm);
  for (float& v : values) v = v * most / length;
}

}  // namespace

void clip(const OptimizerCommon& all, std::span<float> gradient, std::span<const Range> tensors) {
  const auto part = [&](const Range& r) { return gradient.subspan(r.first, r.count); };
  if (all.clipnorm > 0) {
    for (const Range& r : tensors) {
      shorten(part(r), std::sqrt(sum_of_squares(part(r))), all.clipnorm);
    }
  } else if (all.global_clipnorm > 0) {
    double squares = 0;
    for (const Range& r : tensors) squares += sum_of_squares(part(r));
    for (const Range& r : tensors) shorten(part(r), std::sqrt(squares), all.global_clipnorm);
  } else if (all.clipvalue > 0) {
    for (const Range& r : tensors) {
      for (float& v : part(r)) v = std::clamp(v, -all.clipvalue, all.clipvalue);
    }
  }
}

}  // namespace ziffer::training
