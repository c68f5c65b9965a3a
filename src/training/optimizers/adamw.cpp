#include "training/optimizers/adamw.hpp"

namespace ziffer::training {

// The products in Keras's order.
void AdamW::step(const OptimizerStep& s) const {
  for (float& weight : s.weights) weight -= weight * weight_decay * learning_rate;
  Adam::step(s);
}

}  // namespace ziffer::training
