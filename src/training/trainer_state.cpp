// Saving a run between two phases, and going on from there.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "training/old_run.hpp"
#include "training/saved_run.hpp"
#include "training/trainer.hpp"

namespace ziffer::training {
namespace {

constexpr std::uint64_t kMagic = 0x7a66737461746533ULL;  // version 3
constexpr std::uint64_t kMostEpochs = 1'000'000;

struct Position {
  Phase phase;
  int epoch, step;
  double loss_sum;
  std::int64_t correct, seen;
  double batch_loss, batch_accuracy;
  std::uint64_t optimizer_steps;
  int best_epoch, stopped_epoch;
};

/// Its numbers in the order in which they are written; as a whole it has gaps.
template <class P>
auto numbers(P& p) {
  return std::tie(p.phase, p.epoch, p.step, p.loss_sum, p.correct, p.seen, p.batch_loss,
                  p.batch_accuracy, p.optimizer_steps, p.best_epoch, p.stopped_epoch);
}

bool within(int value, int first, int end) { return value >= first && value < end; }

}  // namespace

std::vector<std::uint8_t> Trainer::state() const {
  WireWriter out;
  out.put(kMagic);
  out.put(binding());
  const Position p{phase_,
                   epoch_,
                   step_,
                   loss_sum_,
                   correct_,
                   seen_,
                   batch_loss_,
                   batch_accuracy_,
                   optimizer_->steps(),
                   history_.best_epoch,
                   history_.stopped_epoch};
  std::apply([&out](const auto&... number) { (out.put(number), ...); }, numbers(p));
  put_list(out, std::span<const float>(parameters_));
  for (const auto& slot : optimizer_->slots()) put_list(out, std::span<const float>(slot));
  put_list(out, std::span<const EpochLogs>(history_.epochs));
  for (const auto& callback : callbacks_) callback->save(out);
  out.put(optimizer_->learning_rate());
  put_list(out, std::span<const float>(history_.learning_rates));
  if (!history_.metric_keys.empty()) {
    out.put(metric_sums_);
    put_list(out, std::span<const double>(history_.metrics));
  }
  std::vector<std::uint8_t> bytes = out.take();
  WireWriter sum;
  sum.put(digest(bytes));
  std::ranges::copy(sum.take(), std::back_inserter(bytes));
  return bytes;
}

void Trainer::restore(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kSum = sizeof(std::uint64_t);
  const auto magic = bytes.size() < 2 * kSum ? 0 : WireReader(bytes).get<std::uint64_t>();
  if (magic != kMagic && magic != kVersion2) {
    refuse_run("these bytes are none, or another version's.");
  }
  const auto sealed = bytes.first(bytes.size() - kSum);
  if (WireReader(bytes.last(kSum)).get<std::uint64_t>() != digest(sealed)) {
    refuse_run("its bytes are damaged.");
  }
  const RunBinding here = binding();
  try {
    std::span<const std::uint8_t> content = sealed.subspan(kSum);
    std::vector<std::uint8_t> upgraded;
    if (magic == kVersion2) {
      upgraded = from_version2(content, here, optimizer_->settings(), options_, parameters_.size());
      content = upgraded;
    }
    WireReader in(content);
    require_same(in.get<RunBinding>(), here);
    read_state(in);
  } catch (const Error& e) {
    if (e.code() == "invalid_task") refuse_run("it ends too early.");
    throw;
  }
}

void Trainer::read_state(WireReader& in) {
  const std::size_t n = parameters_.size();
  Position p{};
  const auto read = [&in](auto& number) { number = in.get<std::decay_t<decltype(number)>>(); };
  std::apply([&read](auto&... number) { (read(number), ...); }, numbers(p));
  const std::vector<float> parameters = get_list<float>(in, n);
  std::vector<std::vector<float>> slots;
  bool whole = parameters.size() == n;
  for (const auto& slot : optimizer_->slots()) {
    slots.push_back(get_list<float>(in, slot.size()));
    whole = whole && slots.back().size() == slot.size();
  }
  const auto epochs = get_list<EpochLogs>(in, kMostEpochs);
  auto callbacks = make_callbacks(options_.callbacks);
  for (const auto& callback : callbacks) {
    callback->restore(in, {options_.initial_epoch + static_cast<int>(epochs.size()), n});
  }
  // Where an older version's ends, the rate was never changed.
  float rate = Optimizer(optimizer_->settings(), 0).learning_rate();
  std::vector<float> rates;
  if (in.left() > 0) {
    rate = in.get<float>();
    rates = get_list<float>(in, epochs.size());
    // Where no callback of this fit changes the rate, one of the caller's may have.
    whole = whole && (rates.size() == epochs.size() || (rates.empty() && !logs_learning_rate_));
  }
  MetricSums metric_sums{};
  std::vector<double> metrics;
  if (!history_.metric_keys.empty()) {
    metric_sums = in.get<MetricSums>();
    const std::size_t numbers = epochs.size() * 2 * history_.metric_keys.size();
    metrics = get_list<double>(in, numbers);
    whole = whole && metrics.size() == numbers;
  }
  const auto wide = static_cast<double>(rate);
  whole = whole && in.left() == 0 && wide >= kLearningRate.low && wide < kLearningRate.below;

  const int past = options_.initial_epoch + static_cast<int>(epochs.size());
  const bool ended = p.phase == Phase::finished;
  const Epoch epoch = plan_.epoch(std::max(p.epoch, options_.initial_epoch));
  const bool place = (ended || (p.phase == Phase::step && p.step < epoch.steps) ||
                      (p.phase == Phase::validate && p.step == epoch.steps && validation_)) &&
                     p.epoch == past && (ended || p.epoch < options_.epochs) &&
                     p.epoch <= std::max(options_.epochs, options_.initial_epoch) &&
                     within(p.step, 0, epoch.steps + 1) &&
                     std::cmp_equal(p.seen, plan_.seen(epoch, p.step)) && p.correct >= 0 &&
                     p.correct <= p.seen && std::isfinite(p.loss_sum);
  const auto finite = [](float weight) { return std::isfinite(weight); };
  require_of_run(whole && place && std::ranges::all_of(parameters, finite) &&
                 within(p.best_epoch, -1, past) && within(p.stopped_epoch, -1, past));

  std::ranges::copy(parameters, parameters_.begin());
  optimizer_->slots() = std::move(slots);
  optimizer_->set_steps(p.optimizer_steps);
  optimizer_->set_learning_rate(rate);
  history_.epochs = epochs;
  history_.learning_rates = rates;
  history_.metrics = metrics;
  logs_learning_rate_ = logs_learning_rate_ || !rates.empty();
  history_.best_epoch = p.best_epoch;
  history_.stopped_epoch = p.stopped_epoch;
  callbacks_ = std::move(callbacks);
  epoch_ = p.epoch;
  if (!ended) start_epoch();
  phase_ = p.phase;
  step_ = p.step;
  loss_sum_ = p.loss_sum;
  correct_ = p.correct;
  metric_sums_ = metric_sums;
  seen_ = p.seen;
  batch_loss_ = p.batch_loss;
  batch_accuracy_ = p.batch_accuracy;
}

RunBinding Trainer::binding() const {
  return run_binding(model_, {optimizer_->settings(), objective_.loss, objective_.metrics},
                     options_, *data_, training_count_, validation_range_.count);
}

}  // namespace ziffer::training
