#include "training/optimizers/adam.hpp"

#include <cmath>

#include "kernels/optimizer.hpp"

namespace ziffer::training {
void Adam::step(const OptimizerStep& s) const {
  const double b1 = power(beta_1, s.number), b2 = power(beta_2, s.number);
  const auto alpha =
      static_cast<float>(static_cast<double>(learning_rate) * std::sqrt(1 - b2) / (1 - b1));
  kernels::adam({alpha, static_cast<float>(1 - beta_1), static_cast<float>(1 - beta_2), epsilon},
                s.gradient, s.weights, s.slots[0], s.slots[1]);
}

}  // namespace ziffer::training
