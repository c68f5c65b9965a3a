#include "training/optimizers/lion.hpp"

#include "kernels/optimizer.hpp"

namespace ziffer::training {

void Lion::step(const OptimizerStep& s) const {
  kernels::lion({learning_rate, static_cast<float>(beta_1), static_cast<float>(1 - beta_1),
                 static_cast<float>(beta_2), static_cast<float>(1 - beta_2)},
                s.gradient, s.weights, s.slots[0]);
}

}  // namespace ziffer::training
