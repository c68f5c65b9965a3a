#include "training/optimizers/adagrad.hpp"

#include "kernels/optimizer.hpp"

namespace ziffer::training {

void Adagrad::step(const OptimizerStep& s) const {
  kernels::adagrad({learning_rate, epsilon}, s.gradient, s.weights, s.slots[0]);
}

}  // namespace ziffer::training
