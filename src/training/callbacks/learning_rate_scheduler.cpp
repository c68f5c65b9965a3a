#include "training/callbacks/learning_rate_scheduler.hpp"

namespace ziffer::training {
namespace {

/// What it sets follows from the epoch alone, so it remembers nothing.
class Scheduling final : public Callback {
 public:
  explicit Scheduling(std::vector<double> rates) : rates_(std::move(rates)) {}

  std::optional<float> first_learning_rate(int epoch) const override {
    return rate_of(static_cast<std::size_t>(epoch));
  }
  void epoch_end(const EpochEnd& end, Wishes& wishes) override {
    const auto rate = rate_of(static_cast<std::size_t>(end.epoch) + 1);
    if (rate) wishes.learning_rate = rate;
  }
  bool changes_learning_rate() const override { return true; }
  void save(WireWriter&) const override {}
  void restore(WireReader&, const Past&) override {}

 private:
  std::optional<float> rate_of(std::size_t epoch) const {
    if (epoch >= rates_.size()) return std::nullopt;
    return static_cast<float>(rates_[epoch]);
  }

  std::vector<double> rates_;
};

}  // namespace

std::unique_ptr<Callback> LearningRateScheduler::make() const {
  return std::make_unique<Scheduling>(schedule);
}

}  // namespace ziffer::training
