// The end of an epoch: its numbers, what callbacks make of them, and what is reported.
#include <limits>

#include "training/trainer.hpp"

namespace ziffer::training {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

}  // namespace

FitReport Trainer::finish_epoch() {
  FitReport out = report();
  EpochLogs logs{loss_sum_ / static_cast<double>(seen_),
                 static_cast<double>(correct_) / static_cast<double>(seen_), kNone, kNone};
  if (phase_ == Phase::validate) {
    const EvaluationReport v = validation_->finish();
    logs.val_loss = v.loss;
    logs.val_accuracy = v.accuracy;
    out.val_metrics = v.metrics;
  }
  out.epoch_ended = true;
  // The epoch's report says what the history will: 32-bit floats, as Keras's logs are.
  out.loss = logs[Monitor::loss];
  out.accuracy = logs[Monitor::accuracy];
  out.val_loss = logs[Monitor::val_loss];
  out.val_accuracy = logs[Monitor::val_accuracy];

  Watch judge{validation_ ? Monitor::val_loss : Monitor::loss, Mode::min};
  for (const auto& callback : callbacks_) {
    if (callback->judge() != nullptr) judge = *callback->judge();
  }
  const int best = history_.best_epoch;
  const Monitor m = judge.monitor;
  if (best < 0 || judge.improves(logs[m], history_.of(best)[m])) {
    history_.best_epoch = epoch_;
  }
  history_.epochs.push_back(logs);
  history_.add_metrics(out.metrics, out.val_metrics);
  const float rate = optimizer_->learning_rate();
  if (logs_learning_rate_) history_.learning_rates.push_back(rate);
  out.learning_rate = logs_learning_rate_ ? static_cast<double>(rate) : kNone;
  Wishes wishes;
  for (const auto& callback : callbacks_) {
    callback->epoch_end({epoch_, logs, parameters_, rate}, wishes);
    if (callback->best_epoch() >= 0) history_.best_epoch = callback->best_epoch();
  }
  if (wishes.learning_rate) optimizer_->set_learning_rate(*wishes.learning_rate);
  out.checkpoint = wishes.checkpoint;
  out.stopped_early = wishes.stop;
  out.best_epoch = history_.best_epoch + 1;
  if (out.stopped_early) history_.stopped_epoch = epoch_;
  ++epoch_;
  if (out.stopped_early || epoch_ == options_.epochs) {
    end();
  } else {
    phase_ = Phase::step;
    start_epoch();
  }
  return out;
}

FitReport Trainer::report() const {
  FitReport r;
  r.epoch = epoch_ + 1;
  r.epochs = options_.epochs;
  r.step = step_;
  r.steps = now_.steps;
  r.total_step = plan_.steps_before(now_) + step_;
  r.batch_loss = batch_loss_;
  r.batch_accuracy = batch_accuracy_;
  r.loss = loss_sum_ / static_cast<double>(seen_);
  r.accuracy = static_cast<double>(correct_) / static_cast<double>(seen_);
  for (std::size_t m = 0; m < kMostMetrics; ++m) {
    r.metrics[m] = metric_sums_[m] / static_cast<double>(seen_);
  }
  r.val_metrics.fill(kNone);
  r.val_loss = r.val_accuracy = r.learning_rate = kNone;
  r.best_epoch = history_.best_epoch + 1;
  return r;
}

}  // namespace ziffer::training
