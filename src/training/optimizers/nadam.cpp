#include "training/optimizers/nadam.hpp"

#include "kernels/optimizer.hpp"

namespace ziffer::training {

namespace {

/// The momentum of step t is β₁ times 1 - 0.96ᵗ / 2.
double share(std::uint64_t t) { return 1 - 0.5 * power(0.96, t); }

/// The product of the momenta of all steps up to n. Beyond so many steps a share is 1 to a double.
double product(double beta_1, std::uint64_t n) {
  constexpr std::uint64_t kShares = 1000;
  double shares = 1;
  double decay = 1;
  for (std::uint64_t t = 1; t <= n && t <= kShares; ++t) shares *= 1 - 0.5 * (decay *= 0.96);
  return power(beta_1, n) * shares;
}

}  // namespace

void Nadam::step(const OptimizerStep& s) const {
  const double now = beta_1 * share(s.number), next = beta_1 * share(s.number + 1);
  const double all = product(beta_1, s.number);
  kernels::nadam(
      {learning_rate, static_cast<float>(1 - beta_1), static_cast<float>(1 - beta_2),
       static_cast<float>(next / (1 - all * next)), static_cast<float>((1 - now) / (1 - all)),
       static_cast<float>(1 - power(beta_2, s.number)), epsilon},
      s.gradient, s.weights, s.slots[0], s.slots[1]);
}

}  // namespace ziffer::training
