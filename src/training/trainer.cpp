#include "training/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/rng.hpp"

namespace ziffer::training {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Streams of the one seed; initial weights use the small numbers.
constexpr std::uint64_t kShuffleStream = std::uint64_t{1} << 32;

/// How many of n images train: Keras's floor(n · (1 - split)).
std::size_t training_part(std::size_t n, double split) {
  return static_cast<std::size_t>(std::floor(static_cast<double>(n) * (1.0 - split)));
}

/// Where the parameters of trainable layers lie, a range each.
std::vector<Range> trained_ranges(const nn::Sequential& model) {
  std::vector<Range> out;
  for (const nn::Layer& layer : model.layers()) {
    if (!layer.trainable) continue;
    for (const nn::Parameter& p : layer.parameters) {
      if (!p.momentum) out.push_back({p.offset, p.size()});
    }
  }
  return out;
}

void require_batch(const nn::Sequential& model, int batch) {
  const int most = largest_meeting_batch(model);
  if (batch <= most) return;
  throw Error("invalid_config",
              "fit: batch_size " + std::to_string(batch) +
                  ": a model that normalizes by its batches keeps all that it computes of one, and "
                  "for this model at most " +
                  std::to_string(most) + " images fit into memory. Use a smaller batch_size.");
}

}  // namespace

std::vector<std::unique_ptr<Callback>> make_callbacks(const CallbackSettings& settings) {
  std::vector<std::unique_ptr<Callback>> out;
  const auto add = [&](const auto& one) {
    if (one) out.push_back(one->make());
  };
  std::apply([&](const auto&... each) { (add(each), ...); }, settings);
  return out;
}

Trainer::Trainer(const nn::Sequential& model, std::span<float> parameters, Optimizer& optimizer,
                 const Dataset& data, const Dataset* validation, const FitOptions& options,
                 const engine::Loss& loss)
    : model_(model),
      parameters_(parameters),
      data_(&data),
      options_(options),
      trained_(trained_ranges(model_)),
      training_count_(data.count()),
      loss_(loss),
      optimizer_(&optimizer),
      replica_(model, loss),
      rounds_(engine::meetings(model)) {
  check_fit(model_, data);
  if (rounds_.any()) require_batch(model_, options.batch_size);
  if (validation != nullptr) {
    validation_range_ = {0, validation->count()};
  } else if (options.validation_split > 0) {
    training_count_ = training_part(data.count(), options.validation_split);
    validation_range_ = {training_count_, data.count() - training_count_};
  }
  if (training_count_ == 0 || (options.validation_split > 0 && validation_range_.count == 0)) {
    throw Error("invalid_config",
                "fit: validation_split leaves nothing for one of the two parts of " +
                    std::to_string(data.count()) + " images.");
  }
  if (validation_range_.count > 0) {
    validation_.emplace(model_, validation != nullptr ? *validation : data, validation_range_.first,
                        validation_range_.count);
  }
  callbacks_ = make_callbacks(options.callbacks);
  for (const auto& callback : callbacks_) {
    if (const auto rate = callback->first_learning_rate()) optimizer.set_learning_rate(*rate);
  }
  logs_learning_rate_ = std::ranges::any_of(
      callbacks_, [](const auto& callback) { return callback->changes_learning_rate(); });
  if (logs_learning_rate_ && optimizer.scheduled()) {
    throw Error(
        "invalid_config",
        "fit: a callback that changes the learning rate cannot change a schedule's. Compile "
        "with a number, or leave the callback out.");
  }
  logs_learning_rate_ = logs_learning_rate_ || optimizer.scheduled();
  const auto batch = static_cast<std::size_t>(options.batch_size);
  steps_ = static_cast<int>((training_count_ + batch - 1) / batch);
  order_.resize(training_count_);
  start_epoch();
}

void Trainer::start_epoch() {
  std::iota(order_.begin(), order_.end(), 0U);
  if (options_.shuffle) {
    Rng(options_.seed, kShuffleStream + static_cast<std::uint64_t>(epoch_)).shuffle(order_);
  }
  step_ = 0;
  loss_sum_ = 0;
  correct_ = seen_ = 0;
}

int Trainer::batch_size(int step) const {
  const auto batch = static_cast<std::size_t>(options_.batch_size);
  return static_cast<int>(
      std::min(batch, training_count_ - static_cast<std::size_t>(step) * batch));
}

FitReport Trainer::finish() {
  const bool goes_on = phase_ == Phase::step && !rounds_.last();
  if (missing_ > 0 || goes_on || phase_ == Phase::finished) {
    throw Error("incomplete", "fit: units of this phase are missing.");
  }
  return phase_ == Phase::step ? finish_step() : finish_epoch();
}

FitReport Trainer::finish_step() {
  const int batch = batch_size(step_), shards = shard_count(batch);
  sums_.reduce_across(shards, units_);
  double loss = 0;
  std::int64_t correct = 0;
  for (int s = 0; s < shards; ++s) {
    loss += sums_.loss(s).loss;
    correct += sums_.loss(s).correct;
  }
  if (!std::isfinite(loss)) {
    phase_ = Phase::finished;
    throw Error("not_finite", "fit: the loss became " +
                                  std::string(std::isnan(loss) ? "NaN" : "infinite") +
                                  " in epoch " + std::to_string(epoch_ + 1) + ", step " +
                                  std::to_string(step_ + 1) +
                                  ". Try a smaller learning rate, then reset the weights.");
  }
  optimizer_->step(sums_.slot(0), parameters_, trained_);
  follow_batch();
  loss_sum_ += loss;
  correct_ += correct;
  seen_ += batch;
  batch_loss_ = loss / batch;
  batch_accuracy_ = static_cast<double>(correct) / batch;
  ++step_;
  if (step_ < steps_) return report();
  if (!validation_) return finish_epoch();
  phase_ = Phase::validate;
  return report();
}

/// What layers keep of their batches moves towards this one's, which came in the gradient's place.
void Trainer::follow_batch() {
  const std::span<const float> batch = sums_.slot(0);
  for (const nn::Layer& layer : model_.layers()) {
    for (const nn::Parameter& p : layer.parameters) {
      if (!p.momentum || !layer.trainable) continue;
      const auto rest = static_cast<float>(1.0 - double{*p.momentum});
      for (std::size_t i = p.offset; i < p.offset + p.size(); ++i) {
        parameters_[i] = parameters_[i] * *p.momentum + batch[i] * rest;
      }
    }
  }
}

FitReport Trainer::finish_epoch() {
  EpochLogs logs{loss_sum_ / static_cast<double>(seen_),
                 static_cast<double>(correct_) / static_cast<double>(seen_), kNone, kNone};
  if (validation_) {
    const EvaluationReport v = validation_->finish();
    logs.val_loss = v.loss;
    logs.val_accuracy = v.accuracy;
  }
  FitReport out = report();
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
  if (best < 0 || judge.improves(logs[m], history_.epochs[static_cast<std::size_t>(best)][m])) {
    history_.best_epoch = epoch_;
  }
  history_.epochs.push_back(logs);
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
  r.steps = steps_;
  r.batch_loss = batch_loss_;
  r.batch_accuracy = batch_accuracy_;
  r.loss = loss_sum_ / static_cast<double>(seen_);
  r.accuracy = static_cast<double>(correct_) / static_cast<double>(seen_);
  r.val_loss = r.val_accuracy = r.learning_rate = kNone;
  r.best_epoch = history_.best_epoch + 1;
  return r;
}

void Trainer::stop() {
  if (phase_ != Phase::finished) end();
}

void Trainer::end() {
  phase_ = Phase::finished;
  optimizer_->finish(parameters_, trained_);
  for (const auto& callback : callbacks_) {
    const std::span<const float> best = callback->weights_to_restore();
    if (!best.empty()) std::ranges::copy(best, parameters_.begin());
  }
}

std::span<const float> Trainer::checkpoint() const {
  for (const auto& callback : callbacks_) {
    if (!callback->saved_weights().empty()) return callback->saved_weights();
  }
  return {};
}

}  // namespace ziffer::training
