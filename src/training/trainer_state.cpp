// Saving a run between two phases, and going on from there. What is restored may come from
// anywhere: nothing of it is believed before all of it was checked.
#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "training/run_binding.hpp"
#include "training/trainer.hpp"
#include "training/wire.hpp"

namespace ziffer::training {
namespace {

constexpr std::uint64_t kMagic = 0x7a66737461746532ULL;  // version 2
constexpr std::uint64_t kMostEpochs = 1'000'000;

[[noreturn]] void refuse(const char* why) {
  throw Error("invalid_run", std::string("saved run: ") + why + " Start anew.");
}

template <class T>
void put_list(WireWriter& out, std::span<const T> values) {
  out.put(static_cast<std::uint64_t>(values.size()));
  out.put_all(values);
}

/// A list of at most `most` values.
template <class T>
std::vector<T> get_list(WireReader& in, std::uint64_t most) {
  const auto n = in.get<std::uint64_t>();
  if (n > most || n > in.left() / sizeof(T)) refuse("a list is too long.");
  std::vector<T> out(static_cast<std::size_t>(n));
  in.get_all(std::span(out));
  return out;
}

struct Position {
  Phase phase;
  int epoch, step;
  double loss_sum;
  std::int64_t correct, seen;
  double batch_loss, batch_accuracy;
  std::uint64_t optimizer_steps;
  int best_epoch, stopped_epoch;
  EarlyStopping::State early_stopping;
  double checkpoint_best;
};

/// Its numbers in the order in which they are written; as a whole it has gaps.
template <class P>
auto numbers(P& p) {
  return std::tie(p.phase, p.epoch, p.step, p.loss_sum, p.correct, p.seen, p.batch_loss,
                  p.batch_accuracy, p.optimizer_steps, p.best_epoch, p.stopped_epoch,
                  p.early_stopping.best, p.early_stopping.best_epoch, p.early_stopping.wait,
                  p.checkpoint_best);
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
                   history_.stopped_epoch,
                   early_stopping_ ? early_stopping_->state() : EarlyStopping::State{0, -1, 0},
                   checkpoint_ ? checkpoint_->best() : 0};
  std::apply([&out](const auto&... number) { (out.put(number), ...); }, numbers(p));
  put_list(out, std::span<const float>(parameters_));
  for (const auto& slot : optimizer_->slots()) put_list(out, std::span<const float>(slot));
  put_list(out, std::span<const EpochLogs>(history_.epochs));
  put_list(out, early_stopping_ ? early_stopping_->weights_to_restore() : std::span<const float>());
  put_list(out, checkpoint());
  std::vector<std::uint8_t> bytes = out.take();
  WireWriter sum;
  sum.put(digest(bytes));
  std::ranges::copy(sum.take(), std::back_inserter(bytes));
  return bytes;
}

void Trainer::restore(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kSum = sizeof(std::uint64_t);
  if (bytes.size() < 2 * kSum || WireReader(bytes).get<std::uint64_t>() != kMagic) {
    refuse("these bytes are none, or another version's.");
  }
  const auto content = bytes.first(bytes.size() - kSum);
  if (WireReader(bytes.last(kSum)).get<std::uint64_t>() != digest(content)) {
    refuse("its bytes are damaged.");
  }
  WireReader in(content.subspan(kSum));
  try {
    require_same(in.get<RunBinding>(), binding());
    read_state(in);
  } catch (const Error& e) {
    if (e.code() == "invalid_task") refuse("it ends too early.");
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
  const auto best_weights = get_list<float>(in, n), saved_weights = get_list<float>(in, n);
  whole = whole && in.left() == 0;

  const int past = static_cast<int>(epochs.size());
  const bool ended = p.phase == Phase::finished;
  const auto batch = static_cast<std::size_t>(options_.batch_size);
  const auto none_or_all = [n](const auto& list) { return list.empty() || list.size() == n; };
  const bool place =
      (ended || (p.phase == Phase::step && p.step < steps_) ||
       (p.phase == Phase::validate && p.step == steps_ && validation_)) &&
      p.epoch == past && p.epoch <= options_.epochs && (ended || p.epoch < options_.epochs) &&
      within(p.step, 0, steps_ + 1) &&
      std::cmp_equal(p.seen, std::min(static_cast<std::size_t>(p.step) * batch, training_count_)) &&
      p.correct >= 0 && p.correct <= p.seen && std::isfinite(p.loss_sum);
  const bool past_fits = within(p.best_epoch, -1, past) && within(p.stopped_epoch, -1, past) &&
                         within(p.early_stopping.best_epoch, -1, past) &&
                         within(p.early_stopping.wait, 0, past + 1) && none_or_all(best_weights) &&
                         none_or_all(saved_weights);
  if (!whole || !place || !past_fits) refuse("its numbers contradict each other.");

  std::ranges::copy(parameters, parameters_.begin());
  optimizer_->slots() = std::move(slots);
  optimizer_->set_steps(p.optimizer_steps);
  history_ = {epochs, p.best_epoch, p.stopped_epoch};
  if (early_stopping_) early_stopping_->restore(p.early_stopping, best_weights);
  if (checkpoint_) checkpoint_->restore(p.checkpoint_best, saved_weights);
  epoch_ = p.epoch;
  if (!ended) start_epoch();
  phase_ = p.phase;
  step_ = p.step;
  loss_sum_ = p.loss_sum;
  correct_ = p.correct;
  seen_ = p.seen;
  batch_loss_ = p.batch_loss;
  batch_accuracy_ = p.batch_accuracy;
}

RunBinding Trainer::binding() const {
  return run_binding(model_, optimizer_->config(), options_, *data_, training_count_,
                     validation_range_.count);
}

}  // namespace ziffer::training
