#include "training/units_under_way.hpp"

#include <algorithm>
#include <utility>

#include "core/index.hpp"

namespace ziffer::training {
namespace {

/// Units of as many fits of one model may wait here; more than one is rare. A unit whose step was
/// given up is nobody's, and makes room as the oldest.
constexpr std::size_t kMostUnits = 4;

}  // namespace

UnitsUnderWay::UnitsUnderWay(const nn::Sequential& model, const Objective& objective)
    : model_(model), objective_(objective), meetings_(engine::meetings(model)) {}

UnitsUnderWay::Unit& UnitsUnderWay::free_unit() {
  auto one = std::ranges::find_if(units_, [](const auto& unit) { return !unit->waits; });
  if (one == units_.end() && units_.size() < kMostUnits) {
    units_.push_back(std::make_unique<Unit>(model_, objective_));
  } else {
    if (one == units_.end()) one = units_.begin();
    std::rotate(one, one + 1, units_.end());
  }
  return *units_.back();
}

std::vector<std::uint8_t> UnitsUnderWay::begin(Task task) {
  Unit& unit = free_unit();
  unit.header = task.header;
  unit.header.round = 0;
  unit.parameters = std::move(task.parameters);
  unit.sums.resize(task.header.job.shards, unit.parameters.size());
  unit.shards.begin(unit.parameters, task.header.job, task.rows, unit.sums);
  return answer(unit);
}

std::vector<std::uint8_t> UnitsUnderWay::go_on(std::span<const std::uint8_t> message) {
  WireReader in(message);
  const auto header = in.get<TaskHeader>();
  const auto one = std::ranges::find_if(units_, [&](const auto& unit) {
    return unit->waits && unit->header.serial == header.serial &&
           unit->header.unit == header.unit && unit->header.round + 1 == header.round;
  });
  if (one == units_.end()) throw Error("invalid_task", "task: no unit waits for it.");
  Unit& unit = **one;
  unit.shards.hear(decode_told(in, meetings_[unit.header.round] * at(unit.header.job.shards)));
  ++unit.header.round;
  return answer(unit);
}

std::vector<std::uint8_t> UnitsUnderWay::answer(Unit& unit) {
  const std::span<const float> told = unit.shards.advance();
  unit.waits = !told.empty();
  return unit.waits ? encode_told(unit.header, told) : encode_gradient(unit.header, unit.sums);
}

}  // namespace ziffer::training
