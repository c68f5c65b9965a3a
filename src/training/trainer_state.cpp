// Saving a run between two phases, and going on from there.
#include <algorithm>

#include "training/trainer.hpp"
#include "training/wire.hpp"

namespace ziffer::training {
namespace {

constexpr std::uint64_t kMagic = 0x7a66737461746531ULL;  // version 1
constexpr std::uint64_t kMostEpochs = 1'000'000;

template <class T>
void put_list(WireWriter& out, std::span<const T> values) {
  out.put(static_cast<std::uint64_t>(values.size()));
  out.put_all(values);
}

/// A list of at most `most` values.
template <class T>
std::vector<T> get_list(WireReader& in, std::uint64_t most) {
  const auto n = in.get<std::uint64_t>();
  if (n > most || n > in.left() / sizeof(T)) {
    throw Error("invalid_state", "saved run: a list is too long.");
  }
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

}  // namespace

std::vector<std::uint8_t> Trainer::state() const {
  WireWriter out;
  out.put(kMagic);
  out.put(Position{phase_, epoch_, step_, loss_sum_, correct_, seen_, batch_loss_, batch_accuracy_,
                   optimizer_->steps(), history_.best_epoch, history_.stopped_epoch,
                   early_stopping_ ? early_stopping_->state() : EarlyStopping::State{},
                   checkpoint_ ? checkpoint_->best() : 0});
  put_list(out, std::span<const float>(parameters_));
  for (const auto& slot : optimizer_->slots()) put_list(out, std::span<const float>(slot));
  put_list(out, std::span<const EpochLogs>(history_.epochs));
  put_list(out, early_stopping_ ? early_stopping_->weights_to_restore() : std::span<const float>());
  put_list(out, checkpoint());
  return out.take();
}

void Trainer::restore(std::span<const std::uint8_t> bytes) {
  const std::size_t n = parameters_.size();
  WireReader in(bytes);
  if (in.get<std::uint64_t>() != kMagic) {
    throw Error("invalid_state", "saved run: these bytes are none, or another version's.");
  }
  const auto p = in.get<Position>();
  const std::vector<float> parameters = get_list<float>(in, n);
  std::vector<std::vector<float>> slots;
  for (const auto& slot : optimizer_->slots()) {
    slots.push_back(get_list<float>(in, slot.size()));
    if (slots.back().size() != slot.size()) {
      throw Error("invalid_state", "saved run: it has another optimiser.");
    }
  }
  const auto epochs = get_list<EpochLogs>(in, kMostEpochs);
  const auto best_weights = get_list<float>(in, n), saved_weights = get_list<float>(in, n);
  const auto known = [](Phase phase) {
    return phase == Phase::step || phase == Phase::validate || phase == Phase::finished;
  };
  const int past = static_cast<int>(epochs.size());
  if (parameters.size() != n || !known(p.phase) || p.epoch != past || p.epoch > options_.epochs ||
      (p.epoch == options_.epochs && p.phase != Phase::finished) || p.step < 0 || p.step > steps_ ||
      (p.phase == Phase::step && p.step == steps_) ||
      (p.phase == Phase::validate && !validation_) || p.best_epoch >= past) {
    throw Error("invalid_state", "saved run: it belongs to another model or other settings.");
  }
  std::ranges::copy(parameters, parameters_.begin());
  optimizer_->slots() = std::move(slots);
  optimizer_->set_steps(p.optimizer_steps);
  history_ = {epochs, p.best_epoch, p.stopped_epoch};
  if (early_stopping_) early_stopping_->restore(p.early_stopping, best_weights);
  if (checkpoint_) checkpoint_->restore(p.checkpoint_best, saved_weights);
  epoch_ = p.epoch;
  if (p.phase != Phase::finished) start_epoch();
  phase_ = p.phase;
  step_ = p.step;
  loss_sum_ = p.loss_sum;
  correct_ = p.correct;
  seen_ = p.seen;
  batch_loss_ = p.batch_loss;
  batch_accuracy_ = p.batch_accuracy;
}

}  // namespace ziffer::training
