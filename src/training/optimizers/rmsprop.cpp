#include "training/optimizers/rmsprop.hpp"

#include "kernels/optimizer.hpp"

namespace ziffer::training {

void RMSprop::step(const OptimizerStep& s) const {
  kernels::rmsprop({learning_rate, static_cast<float>(rho), static_cast<float>(1 - rho), momentum,
                    epsilon, centered},
                   s.gradient, s.weights, s.slots[0], s.slots[1], s.slots[2]);
}

}  // namespace ziffer::training
