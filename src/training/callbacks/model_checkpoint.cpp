#include "training/callbacks/model_checkpoint.hpp"

#include <cmath>
#include <limits>

#include "training/saved_run.hpp"

namespace ziffer::training {
namespace {

class Checkpoint final : public Callback {
 public:
  explicit Checkpoint(const ModelCheckpoint& settings) : settings_(settings) {}

  void epoch_end(const EpochEnd& end, Wishes& wishes) override {
    const double current = end.logs[settings_.watch.monitor];
    if (settings_.save_best_only) {
      if (std::isnan(current) || !settings_.watch.improves(current, best_)) return;
      best_ = current;
    }
    weights_.assign(end.weights.begin(), end.weights.end());
    wishes.checkpoint = true;
  }

  std::span<const float> saved_weights() const override { return weights_; }

  void save(WireWriter& out) const override {
    out.put(best_);
    put_list(out, std::span<const float>(weights_));
  }

  void restore(WireReader& in, const Past& past) override {
    best_ = in.get<double>();
    weights_ = get_all_or_none(in, past.parameters);
  }

 private:
  ModelCheckpoint settings_;
  double best_ =
      settings_.initial_value_threshold.value_or(std::numeric_limits<double>::quiet_NaN());
  std::vector<float> weights_;
};

}  // namespace

std::unique_ptr<Callback> ModelCheckpoint::make() const {
  return std::make_unique<Checkpoint>(*this);
}

}  // namespace ziffer::training
