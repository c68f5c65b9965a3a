// A model's configuration and the options of compile and fit. What is taken reads again as the same
// and, where it is small, computes forward and back.
#include "nn/config.hpp"

#include "engine/program.hpp"
#include "fuzz.hpp"
#include "training/options.hpp"
#include "training/replica.hpp"

using namespace ziffer;

namespace {

constexpr std::uint64_t kSmall = 1 << 21;

void compute(const nn::Sequential& model) {
  const std::vector<float> weights = model.initial_parameters(1);
  const std::size_t classes = model.output().size();
  for (const bool training : {false, true}) {
    engine::Program program(model, {.capacity = 2, .training = training, .fused = !training});
    std::ranges::fill(program.input(2), 0.5F);
    fuzz::law(program.forward(weights, 2).size() == 2 * classes, "two images, two answers");
    if (!training || model.output().rank() != 1 || classes > 256) continue;
    std::vector<float> gradient(model.parameter_count());
    const std::vector<std::uint8_t> labels{0, static_cast<std::uint8_t>(classes - 1)};
    std::ranges::fill(program.input(2), 0.5F);
    program.gradient(weights, labels, 0.5F, {1, 2, 3}, gradient);
  }
}

std::uint64_t activations(const nn::Sequential& model) {
  std::uint64_t sum = model.input().size();
  for (const nn::Layer& layer : model.layers()) sum += layer.output.size();
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  fuzz::refuses_only_with({"invalid_json", "unsupported_model", "unsupported_layer",
                           "invalid_config", "shape_mismatch", "model_too_large"},
                          [&] {
                            const nn::Sequential model = nn::sequential_from_json(text);
                            const std::string written = nn::to_json(model);
                            const nn::Sequential again = nn::sequential_from_json(written);
                            fuzz::law(nn::to_json(again) == written, "it is read as it is written");
                            const std::uint64_t room = model.parameter_count() + activations(model);
                            if (room < kSmall / 4 && model.work() < kSmall) compute(model);
                          });
  fuzz::refuses_only_with({"invalid_config"}, [&] {
    const training::CompileOptions options = training::compile_options_from_json(text);
    const std::string written = training::to_json(options);
    fuzz::law(training::to_json(training::compile_options_from_json(written)) == written,
              "compile's options are read as they are written");
  });
  fuzz::refuses_only_with({"invalid_config"}, [&] {
    const std::string written = training::to_json(training::fit_options_from_json(text));
    fuzz::law(training::to_json(training::fit_options_from_json(written)) == written,
              "fit's options are read as they are written");
  });
  fuzz::refuses_only_with({"invalid_task", "invalid_json", "unsupported_model", "unsupported_layer",
                           "invalid_config", "shape_mismatch", "model_too_large"},
                          [&] { training::replica_from(text); });
  return 0;
}
