// Saved runs. Where the first byte says so, the head of a run that fits and the right digest are
// put around the bytes, so that what lies behind them is reached.
#include "runs.hpp"

using namespace ziffer;
using namespace ziffer::training;

namespace {

constexpr std::size_t kHead = sizeof(std::uint64_t) + sizeof(RunBinding);

void to_the_end(Trainer& trainer) {
  fuzz::refuses_only_with({"not_finite"}, [&] {
    for (int phases = 0; trainer.phase() != Phase::finished; ++phases) {
      fuzz::law(phases < 100, "it comes to an end");
      const int units = trainer.begin(1);
      for (int unit = 0; unit < units; ++unit) trainer.run_unit(unit);
      trainer.finish();
    }
  });
  static_cast<void>(trainer.history().json());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  fuzz::Fit fit;
  static const std::vector<std::uint8_t> fresh = fit.trainer.state();
  std::vector<std::uint8_t> bytes = fuzz::exactly(data + 1, size - 1);
  if ((data[0] & 1) != 0) bytes.insert(bytes.begin(), fresh.begin(), fresh.begin() + kHead);
  if ((data[0] & 2) != 0) {
    const std::uint64_t sum = digest(bytes);
    const auto* p = reinterpret_cast<const std::uint8_t*>(&sum);
    bytes.insert(bytes.end(), p, p + sizeof sum);
  }
  if (!fuzz::refuses_only_with({"invalid_run"}, [&] { fit.trainer.restore(bytes); })) {
    fuzz::law(fit.trainer.state() == fresh, "what is refused changes nothing");
    return 0;
  }
  const std::vector<std::uint8_t> saved = fit.trainer.state();
  fuzz::Fit twin;
  twin.trainer.restore(saved);
  fuzz::law(twin.trainer.state() == saved, "it is saved as it was restored");
  to_the_end(fit.trainer);
  return 0;
}
