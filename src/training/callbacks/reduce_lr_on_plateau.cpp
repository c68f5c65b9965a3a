#include "training/callbacks/reduce_lr_on_plateau.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "training/saved_run.hpp"

namespace ziffer::training {
namespace {

class Reducing final : public Callback {
 public:
  explicit Reducing(const ReduceLROnPlateau& settings) : settings_(settings) {}

  void epoch_end(const EpochEnd& end, Wishes& wishes) override {
    const double current = end.logs[settings_.watch.monitor];
    // Keras warns and goes on when the monitored number is missing.
    if (std::isnan(current)) return;
    if (cooldown_ > 0) {
      --cooldown_;
      wait_ = 0;
    }
    if (settings_.watch.improves(current, best_, std::abs(settings_.min_delta))) {
      best_ = current;
      wait_ = 0;
    } else if (cooldown_ == 0 && ++wait_ >= settings_.patience) {
      reduce(end.learning_rate, wishes);
    }
  }

  bool changes_learning_rate() const override { return true; }

  void save(WireWriter& out) const override {
    out.put(best_);
    out.put(wait_);
    out.put(cooldown_);
  }

  void restore(WireReader& in, const Past& past) override {
    best_ = in.get<double>();
    wait_ = in.get<int>();
    cooldown_ = in.get<int>();
    require_of_run(wait_ >= 0 && wait_ <= past.epochs && cooldown_ >= 0 &&
                   cooldown_ <= settings_.cooldown);
  }

 private:
  /// At the smallest rate it goes on waiting, as Keras does.
  void reduce(float rate, Wishes& wishes) {
    if (rate <= static_cast<float>(settings_.min_lr)) return;
    const double reduced = static_cast<double>(rate) * settings_.factor;
    wishes.learning_rate = static_cast<float>(std::max(reduced, settings_.min_lr));
    cooldown_ = settings_.cooldown;
    wait_ = 0;
  }

  ReduceLROnPlateau settings_;
  double best_ = std::numeric_limits<double>::quiet_NaN();
  int wait_ = 0, cooldown_ = 0;
};

}  // namespace

std::unique_ptr<Callback> ReduceLROnPlateau::make() const {
  return std::make_unique<Reducing>(*this);
}

}  // namespace ziffer::training
