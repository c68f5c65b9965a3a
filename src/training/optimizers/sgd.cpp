#include "training/optimizers/sgd.hpp"

#include "kernels/optimizer.hpp"

namespace ziffer::training {

void SGD::step(const OptimizerStep& s) const {
  kernels::sgd({learning_rate, momentum, nesterov}, s.gradient, s.weights, s.slots[0]);
}

}  // namespace ziffer::training
