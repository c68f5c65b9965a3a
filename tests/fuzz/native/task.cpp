// What compute workers are given and answer. The first byte says whose message the rest is.
#include "training/tasks.hpp"

#include "runs.hpp"

using namespace ziffer;
using namespace ziffer::training;

namespace {

void run(std::span<const std::uint8_t> task) {
  static Replica replica(fuzz::small_model());
  const std::vector<std::uint8_t> answer = replica.run(task);
  fuzz::law(answer.size() >= sizeof(TaskHeader), "an answer has a head");
}

void answer_step(std::span<const std::uint8_t> answer) {
  fuzz::Fit fit;
  const int units = fit.trainer.begin(2);
  fit.trainer.accept(answer);
  fit.finish_phase(units);
}

void answer_validation(std::span<const std::uint8_t> answer) {
  static fuzz::Fit fit = [] {
    fuzz::Fit out;
    out.to_validation();
    return out;
  }();
  fit.trainer.begin(2);
  fit.trainer.accept(answer);
}

void answer_evaluation(std::span<const std::uint8_t> answer) {
  static Replica replica(fuzz::small_model());
  static const std::vector<float> weights = fuzz::small_model().initial_parameters(3);
  Evaluator evaluator(fuzz::small_model(), fuzz::small_data(), 0, 40);
  evaluator.begin(weights);
  evaluator.accept(answer);
  evaluator.run_unit(0, replica);
  const EvaluationReport report = evaluator.finish();
  std::uint32_t all = 0;
  for (const std::uint32_t n : report.confusion) all += n;
  fuzz::law(all == 40, "every image is in the confusion matrix");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const auto message = fuzz::exactly(data + 1, size - 1);
  constexpr void (*kReaders[])(std::span<const std::uint8_t>) = {
      &run, &answer_step, &answer_validation, &answer_evaluation};
  fuzz::refuses_only_with({"invalid_task", "not_finite"}, [&] { kReaders[data[0] % 4](message); });
  return 0;
}
