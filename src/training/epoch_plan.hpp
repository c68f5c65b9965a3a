// Which steps of a pass over the images each epoch has. As Keras's, epochs of `steps_per_epoch` go
// on where the last one ended; one that comes to the end of the images ends there, and the next
// pass begins, in another order.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/index.hpp"
#include "training/dataset.hpp"
#include "training/options.hpp"

namespace ziffer::training {

struct Epoch {
  int pass = 0;        ///< counted as epochs are, from the initial one
  int first_step = 0;  ///< in its pass
  int steps = 0;
};

class EpochPlan {
 public:
  EpochPlan() = default;
  /// Of so many images, at least one.
  EpochPlan(std::size_t images, const FitOptions& options)
      : images_(images), batch_(at(options.batch_size)), initial_(options.initial_epoch) {
    pass_steps_ = static_cast<int>((images + batch_ - 1) / batch_);
    const int wanted = options.steps_per_epoch;
    epoch_steps_ = wanted > 0 ? std::min(wanted, pass_steps_) : pass_steps_;
    epochs_of_pass_ = (pass_steps_ + epoch_steps_ - 1) / epoch_steps_;
  }

  int pass_steps() const noexcept { return pass_steps_; }

  /// The epoch of that number, from the initial one on.
  Epoch epoch(int number) const {
    const int past = number - initial_;
    const int first = past % epochs_of_pass_ * epoch_steps_;
    return {initial_ + past / epochs_of_pass_, first, std::min(epoch_steps_, pass_steps_ - first)};
  }

  /// The places of a step's images in the order of the pass.
  Range images_of(const Epoch& epoch, int step) const {
    const std::size_t first = at(epoch.first_step + step) * batch_;
    return {first, std::min(batch_, images_ - first)};
  }

  /// Images of the epoch's first so many steps.
  std::size_t seen(const Epoch& epoch, int steps) const {
    const std::size_t first = at(epoch.first_step) * batch_;
    return std::min(at(epoch.first_step + steps) * batch_, images_) - first;
  }

  /// Steps before an epoch; those of the epochs before the initial one count as done.
  std::int64_t steps_before(const Epoch& epoch) const {
    return std::int64_t{initial_} * epoch_steps_ +
           std::int64_t{epoch.pass - initial_} * pass_steps_ + epoch.first_step;
  }

 private:
  std::size_t images_ = 1, batch_ = 1;
  int initial_ = 0, pass_steps_ = 1, epoch_steps_ = 1, epochs_of_pass_ = 1;
};

}  // namespace ziffer::training
