#include "training/trainer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/index.hpp"
#include "core/rng.hpp"
#include "training/image_weights.hpp"
#include "training/schedules/ranges.hpp"

namespace ziffer::training {
namespace {

constexpr const char* kScheduled =
    "fit: a callback that changes the learning rate cannot change a schedule's. Compile with a "
    "number, or leave the callback out.";

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
              {"fit: batch_size ", std::to_string(batch),
               ": a model that normalizes by its batches keeps all that it computes of one, and "
               "for this model at most ",
               std::to_string(most), " images fit into memory. Use a smaller batch_size."});
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
                 const Objective& objective)
    : model_(model),
      parameters_(parameters),
      data_(&data),
      options_(options),
      trained_(trained_ranges(model_)),
      class_weights_(class_weights(options_, data)),
      training_count_(data.count()),
      objective_(objective),
      optimizer_(&optimizer),
      replica_(model, objective),
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
                {"fit: validation_split leaves nothing for one of the two parts of ",
                 std::to_string(data.count()), " images."});
  }
  if (validation_range_.count > 0) {
    validation_range_.count = validated_part(validation_range_.count);
    // Weights of the images weigh them wherever they are; those of the classes only in training.
    if (validation != nullptr) {
      validation_.emplace(model_, *validation, 0, validation_range_.count);
    } else {
      validation_.emplace(model_, data, validation_range_.first, validation_range_.count,
                          options_.sample_weight);
    }
    history_.validation_freq = options.validation_freq;
  }
  for (const Metric& metric : objective_.metrics) history_.metric_keys.push_back(metric.key);
  callbacks_ = make_callbacks(options.callbacks);
  for (const auto& callback : callbacks_) {
    const auto rate = callback->first_learning_rate(options.initial_epoch);
    if (rate) optimizer.set_learning_rate(*rate);
  }
  logs_learning_rate_ = std::ranges::any_of(
      callbacks_, [](const auto& callback) { return callback->changes_learning_rate(); });
  if (logs_learning_rate_ && optimizer.scheduled()) {
    throw Error("invalid_config", kScheduled);
  }
  logs_learning_rate_ = logs_learning_rate_ || optimizer.scheduled();
  history_.initial_epoch = epoch_ = options.initial_epoch;
  order_.resize(training_count_);
  plan_ = EpochPlan(training_count_, options_);
  if (epoch_ >= options.epochs)
    end();
  else
    start_epoch();
}

/// How many of the images that validate are looked at.
std::size_t Trainer::validated_part(std::size_t count) const {
  if (options_.validation_steps == 0) return count;
  const int batch = options_.validation_batch_size;
  return std::min(count,
                  at(options_.validation_steps) * at(batch > 0 ? batch : options_.batch_size));
}

void Trainer::start_epoch() {
  now_ = plan_.epoch(epoch_);
  std::iota(order_.begin(), order_.end(), 0U);
  if (options_.shuffle) {
    Rng(options_.seed, kShuffleStream + static_cast<std::uint64_t>(now_.pass)).shuffle(order_);
  }
  step_ = 0;
  loss_sum_ = 0;
  correct_ = seen_ = 0;
  metric_sums_ = {};
}

int Trainer::batch_size(int step) const {
  return static_cast<int>(plan_.images_of(now_, step).count);
}

bool Trainer::validates() const {
  return validation_ && (epoch_ + 1) % options_.validation_freq == 0;
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
  MetricSums metrics = metric_sums_;
  for (int s = 0; s < shards; ++s) {
    loss += sums_.loss(s).loss;
    correct += sums_.loss(s).correct;
    for (std::size_t m = 0; m < kMostMetrics; ++m) metrics[m] += sums_.loss(s).metrics[m];
  }
  if (!std::isfinite(loss)) {
    const auto takes = [](const auto& callback) { return callback->takes_not_finite(); };
    if (std::ranges::any_of(callbacks_, takes)) {
      loss_sum_ += loss;
      seen_ += batch;
      ++step_;
      return finish_epoch();
    }
    phase_ = Phase::finished;
    throw Error("not_finite",
                {"fit: the loss became ", std::isnan(loss) ? "NaN" : "infinite", " in epoch ",
                 std::to_string(epoch_ + 1), ", step ", std::to_string(step_ + 1),
                 ". Try a smaller learning rate, then reset the weights."});
  }
  optimizer_->step(sums_.slot(0), parameters_, trained_);
  follow_batch();
  loss_sum_ += loss;
  correct_ += correct;
  metric_sums_ = metrics;
  seen_ += batch;
  batch_loss_ = loss / batch;
  batch_accuracy_ = static_cast<double>(correct) / batch;
  ++step_;
  if (step_ < now_.steps) return report();
  if (!validates()) return finish_epoch();
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

void Trainer::set_learning_rate(double rate) {
  if (!(rate >= kLearningRate.low && rate < kLearningRate.below)) {
    throw Error("invalid_config", {"fit: expected ", kLearningRate.expected, "."});
  }
  if (optimizer_->scheduled()) throw Error("invalid_config", kScheduled);
  if (!logs_learning_rate_) {
    history_.learning_rates.assign(history_.epochs.size(), optimizer_->learning_rate());
    logs_learning_rate_ = true;
  }
  optimizer_->set_learning_rate(static_cast<float>(rate));
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
