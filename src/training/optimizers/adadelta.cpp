#include "training/optimizers/adadelta.hpp"

#include "kernels/optimizer.hpp"

namespace ziffer::training {

void Adadelta::step(const OptimizerStep& s) const {
  kernels::adadelta({learning_rate, static_cast<float>(rho), static_cast<float>(1 - rho), epsilon},
                    s.gradient, s.weights, s.slots[0], s.slots[1]);
}

}  // namespace ziffer::training
