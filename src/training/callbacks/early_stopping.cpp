#include "training/callbacks/early_stopping.hpp"

#include <cmath>
#include <limits>

#include "training/saved_run.hpp"

namespace ziffer::training {
namespace {

class Stopping final : public Callback {
 public:
  explicit Stopping(const EarlyStopping& settings) : settings_(settings) {}

  void epoch_end(const EpochEnd& end, Wishes& wishes) override {
    const double current = end.logs[settings_.watch.monitor];
    // Keras warns and goes on when the monitored number is missing.
    if (std::isnan(current) || end.epoch < settings_.start_from_epoch) return;
    ++wait_;
    if (settings_.watch.improves(current, best_, std::abs(settings_.min_delta))) {
      best_ = current;
      best_epoch_ = end.epoch;
      if (settings_.restore_best_weights) {
        best_weights_.assign(end.weights.begin(), end.weights.end());
      }
      if (beats_baseline(current)) wait_ = 0;
    } else if (wait_ >= settings_.patience && end.epoch > 0) {
      wishes.stop = true;
    }
  }

  // Keras 3 restores them also when all epochs were run.
  std::span<const float> weights_to_restore() const override { return best_weights_; }
  const Watch* judge() const override { return &settings_.watch; }
  // What it restores is the best, also where a later epoch is better by less than min_delta.
  int best_epoch() const override { return best_epoch_; }

  void save(WireWriter& out) const override {
    out.put(best_);
    out.put(best_epoch_);
    out.put(wait_);
    put_list(out, std::span<const float>(best_weights_));
  }

  void restore(WireReader& in, const Past& past) override {
    best_ = in.get<double>();
    best_epoch_ = in.get<int>();
    wait_ = in.get<int>();
    best_weights_ = get_all_or_none(in, past.parameters);
    require_of_run(best_epoch_ >= -1 && best_epoch_ < past.epochs && wait_ >= 0 &&
                   wait_ <= past.epochs);
  }

 private:
  bool beats_baseline(double current) const {
    const auto& baseline = settings_.baseline;
    return !baseline || settings_.watch.improves(current, *baseline, std::abs(settings_.min_delta));
  }

  EarlyStopping settings_;
  double best_ = std::numeric_limits<double>::quiet_NaN();
  int best_epoch_ = -1;
  int wait_ = 0;
  std::vector<float> best_weights_;
};

}  // namespace

std::unique_ptr<Callback> EarlyStopping::make() const { return std::make_unique<Stopping>(*this); }

}  // namespace ziffer::training
