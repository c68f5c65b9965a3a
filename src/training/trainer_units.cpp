// The units of the Trainer's phases: how a step is cut, computed here or by others, and put
// together.
#include <algorithm>

#include "core/index.hpp"
#include "training/tasks.hpp"
#include "training/trainer.hpp"

namespace ziffer::training {

int Trainer::begin(int workers) {
  // Not only this trainer's: what a worker keeps between two rounds is known by it.
  static std::uint64_t serials = 0;
  serial_ = ++serials;
  if (phase_ == Phase::finished) return 0;
  if (phase_ == Phase::validate) return missing_ = validation_->begin(parameters_);
  const int shards = shard_count(batch_size(step_));
  units_ = split_shards(shards, workers);
  sums_.resize(shards, parameters_.size());
  rounds_.begin(shards);
  done_.assign(units_.size(), 0);
  return missing_ = static_cast<int>(units_.size());
}

GradientJob Trainer::job(int unit) const {
  if (unit < 0 || static_cast<std::size_t>(unit) >= units_.size()) {
    throw Error("invalid_task", {"fit: there is no unit ", std::to_string(unit), "."});
  }
  const int batch = batch_size(step_);
  // Counted by the optimizer's steps, so that a second fit does not see the first one's pictures.
  const std::uint64_t begun =
      optimizer_->steps() - static_cast<std::uint64_t>(now_.first_step + step_);
  return {units_[static_cast<std::size_t>(unit)],
          shard_count(batch),
          batch,
          options_.seed,
          optimizer_->steps(),
          begun / static_cast<std::uint64_t>(plan_.pass_steps())};
}

Rows Trainer::rows(int unit) const {
  const GradientJob j = job(unit);
  const int first = shard_begin(j.range.first, j.shards, j.batch);
  const int last = shard_begin(j.range.last, j.shards, j.batch);
  const std::size_t start = plan_.images_of(now_, step_).first + at(first);
  Rows out = data_->rows(std::span(order_).subspan(start, at(last - first)));
  out.weights = options_.sample_weight;
  out.class_weights = class_weights_;
  return out;
}

void Trainer::run_unit(int unit) {
  if (phase_ == Phase::validate) {
    validation_->run_unit(unit, replica_);
    missing_ = validation_->complete() ? 0 : 1;
    return;
  }
  if (rounds_.any())
    run_round(unit);
  else
    replica_.gradient(parameters_, job(unit), rows(unit), sums_);
  if (done_[static_cast<std::size_t>(unit)] == 0) --missing_;
  done_[static_cast<std::size_t>(unit)] = 1;
}

void Trainer::run_round(int unit) {
  const auto i = static_cast<std::size_t>(unit);
  const GradientJob part = job(unit);
  meeting_.resize(std::max(meeting_.size(), units_.size()));
  if (!meeting_[i]) meeting_[i] = std::make_unique<MeetingShards>(model_, objective_);
  if (rounds_.round() == 0) {
    meeting_[i]->begin(parameters_, part, rows(unit), sums_);
  } else {
    meeting_[i]->hear(rounds_.told_before());
  }
  const std::span<const float> told = meeting_[i]->advance();
  if (!told.empty()) rounds_.put(part.range, told);
}

bool Trainer::meet() {
  if (missing_ > 0) throw Error("incomplete", "fit: units of this phase are missing.");
  if (phase_ != Phase::step || rounds_.last()) return false;
  rounds_.next();
  done_.assign(units_.size(), 0);
  missing_ = static_cast<int>(units_.size());
  return true;
}

std::vector<std::uint8_t> Trainer::export_unit(int unit) const {
  if (phase_ == Phase::validate) return validation_->export_unit(unit);
  const TaskHeader header{
      TaskKind::gradient, static_cast<std::uint32_t>(unit), serial_, job(unit), 0, rounds_.round()};
  if (header.round > 0) return encode_told(header, rounds_.told_before());
  return encode_task(header, parameters_, rows(unit));
}

void Trainer::accept(std::span<const std::uint8_t> result) {
  WireReader in(result);
  const auto header = in.get<TaskHeader>();
  if (header.kind == TaskKind::evaluation) {
    if (phase_ != Phase::validate) return;
    validation_->accept(result);
    missing_ = validation_->complete() ? 0 : 1;
    return;
  }
  const bool tells = header.kind == TaskKind::told;
  if (!tells && header.kind != TaskKind::gradient) {
    throw Error("invalid_task", "fit: an answer that fits no question.");
  }
  if (phase_ != Phase::step || header.serial != serial_ || header.unit >= units_.size()) return;
  if (done_[header.unit] != 0 || header.round != rounds_.round()) return;
  // The job is ours, not the message's: a worker cannot make us write elsewhere.
  TaskHeader own = header;
  own.job = job(static_cast<int>(header.unit));
  if (tells == rounds_.last()) {
    throw Error("invalid_task", "fit: an answer that belongs to another round.");
  }
  if (tells) {
    rounds_.put(own.job.range, decode_told(in, rounds_.told_by(own.job.range)));
  } else {
    decode_gradient(in, own, sums_);
  }
  done_[header.unit] = 1;
  --missing_;
}

}  // namespace ziffer::training
