// `fit`, one step at a time. Each phase is cut into units; whoever drives the Trainer computes each
// unit here or has a compute worker's Replica do it, hands every result in, and calls finish().
// Between phases the caller may do what it likes: predict with the current weights, wait, stop. The
// bits of the result depend on the options alone.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "training/callbacks.hpp"
#include "training/epoch_plan.hpp"
#include "training/evaluator.hpp"
#include "training/history.hpp"
#include "training/meeting_rounds.hpp"
#include "training/meeting_shards.hpp"
#include "training/optimizer.hpp"
#include "training/options.hpp"
#include "training/run_binding.hpp"

namespace ziffer::training {

class WireReader;

enum class Phase { step, validate, finished };

/// What the phase that ended has to say. Epochs and steps count from 1, as Keras prints them.
struct FitReport {
  bool epoch_ended = false;
  int epoch = 0, epochs = 0, step = 0, steps = 0;
  std::int64_t total_step = 0;  ///< steps since the run began; epochs before the initial one count
  double batch_loss = 0, batch_accuracy = 0;  ///< of the last batch alone
  double loss = 0, accuracy = 0;              ///< means over the epoch so far, as Keras shows them
  double val_loss = 0, val_accuracy = 0;      ///< NaN unless an epoch with validation ended
  MetricSums metrics{}, val_metrics{};        ///< as loss and val_loss, of each metric
  double learning_rate = 0;                   ///< of the epoch that ended, where it is logged; NaN
  bool checkpoint = false;                    ///< ModelCheckpoint saved this epoch's weights
  bool stopped_early = false;                 ///< EarlyStopping ended training with this epoch
  int best_epoch = 0;                         ///< 0 before the first epoch
};

/// In the order in which they are called.
std::vector<std::unique_ptr<Callback>> make_callbacks(const CallbackSettings&);

class Trainer {
 public:
  /// `parameters` is trained in place, and `optimizer` goes on from where an earlier fit left it,
  /// as Keras's does until the model is compiled anew. Data, parameters and optimizer must outlive
  /// the Trainer. Validation data comes from `validation` or else from the last `validation_split`
  /// of `data`, taken before any shuffling. Errors: `shape_mismatch`, `invalid_config`.
  Trainer(const nn::Sequential& model, std::span<float> parameters, Optimizer& optimizer,
          const Dataset& data, const Dataset* validation, const FitOptions&, const Objective& = {});

  Phase phase() const noexcept { return phase_; }
  Range training_range() const noexcept { return {0, training_count_}; }
  /// Within `validation`, or within `data` where there is none; count 0: nothing is validated.
  Range validation_range() const noexcept { return validation_range_; }

  /// Cuts the next phase into units and returns their number: at most one a worker for a step,
  /// chunks for validation. After a lost phase it may be called again.
  int begin(int workers);
  void run_unit(int unit);
  std::vector<std::uint8_t> export_unit(int unit) const;
  /// Errors: `invalid_task`. A late answer to an earlier phase is ignored.
  void accept(std::span<const std::uint8_t> result);
  bool complete() const noexcept { return missing_ == 0; }
  /// Where the shards of a step must tell each other of their images, a phase has rounds: once
  /// complete(), this starts the next one, in which every unit goes on where it was begun. False:
  /// there is none, and finish() comes next.
  bool meet();

  /// Applies the phase: the optimiser's step, or the end of an epoch with its callbacks.
  /// Errors: `incomplete` while units are missing; `not_finite` when the loss is NaN or infinite:
  /// the weights stay as they were before this step, and training is finished.
  FitReport finish();

  /// From now on, as a callback of the caller's wishes it; then each epoch's rate is logged.
  /// Errors: `invalid_config` for what is no rate, or where the optimizer has a schedule.
  void set_learning_rate(double rate);

  float learning_rate() const { return optimizer_->learning_rate(); }

  /// Ends training now; what callbacks are to restore is restored.
  void stop();

  std::span<const float> checkpoint() const;
  const History& history() const noexcept { return history_; }
  const Metrics& metrics() const noexcept { return objective_.metrics; }

  /// Everything that the rest of the run depends on, between two phases; a Trainer made with the
  /// same arguments goes on from it to the same bits. Errors of restore: `invalid_run` when the
  /// bytes are damaged, contradict themselves, or belong to other arguments; nothing changes then.
  std::vector<std::uint8_t> state() const;
  void restore(std::span<const std::uint8_t> state);

 private:
  std::size_t validated_part(std::size_t count) const;
  bool validates() const;
  int batch_size(int step) const;
  GradientJob job(int unit) const;
  Rows rows(int unit) const;
  void run_round(int unit);
  void follow_batch();
  void start_epoch();
  FitReport finish_step();
  FitReport finish_epoch();
  FitReport report() const;
  void end();
  RunBinding binding() const;
  void read_state(WireReader&);

  nn::Sequential model_;
  std::span<float> parameters_;
  const Dataset* data_;
  FitOptions options_;
  std::vector<Range> trained_;        ///< of the parameters
  std::vector<float> class_weights_;  ///< one a class, or none
  std::size_t training_count_ = 0;
  Range validation_range_{0, 0};
  EpochPlan plan_;
  Epoch now_;

  Objective objective_;
  Optimizer* optimizer_;
  Replica replica_;
  std::optional<Evaluator> validation_;
  std::vector<std::unique_ptr<Callback>> callbacks_;
  bool logs_learning_rate_ = false;
  History history_;

  Phase phase_ = Phase::step;
  int epoch_ = 0, step_ = 0;  ///< 0-based; the step that comes next
  std::vector<std::uint32_t> order_;
  double loss_sum_ = 0;
  std::int64_t correct_ = 0, seen_ = 0;
  MetricSums metric_sums_{};
  double batch_loss_ = 0, batch_accuracy_ = 0;

  std::uint64_t serial_ = 0;  ///< of the phase that begin() started
  std::vector<ShardRange> units_;
  std::vector<std::uint8_t> done_;
  int missing_ = 0;
  ShardSums sums_;
  MeetingRounds rounds_;
  std::vector<std::unique_ptr<MeetingShards>> meeting_;  ///< of the units that are computed here
};

}  // namespace ziffer::training
