#include "training/optimizers/adamax.hpp"

#include "kernels/optimizer.hpp"

namespace ziffer::training {

void Adamax::step(const OptimizerStep& s) const {
  kernels::adamax({learning_rate, static_cast<float>(1 - beta_1), static_cast<float>(beta_2),
                   static_cast<float>(1 - power(beta_1, s.number)), epsilon},
                  s.gradient, s.weights, s.slots[0], s.slots[1]);
}

}  // namespace ziffer::training
