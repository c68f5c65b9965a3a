#include "training/callbacks/terminate_on_nan.hpp"

#include <cmath>

namespace ziffer::training {
namespace {

class Terminating final : public Callback {
 public:
  explicit Terminating(bool raises) : raises_(raises) {}

  bool takes_not_finite() const override { return !raises_; }
  void epoch_end(const EpochEnd& end, Wishes& wishes) override {
    if (!std::isfinite(end.logs.loss)) wishes.stop = true;
  }
  void save(WireWriter&) const override {}
  void restore(WireReader&, const Past&) override {}

 private:
  bool raises_;
};

}  // namespace

std::unique_ptr<Callback> TerminateOnNaN::make() const {
  return std::make_unique<Terminating>(raise_error);
}

}  // namespace ziffer::training
