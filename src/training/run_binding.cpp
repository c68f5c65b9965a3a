#include "training/run_binding.hpp"

#include "nn/config.hpp"

namespace ziffer::training {

std::uint64_t digest(std::span<const std::uint8_t> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3ULL;
  return hash;
}

std::uint64_t digest(const std::string& text) {
  WireWriter bytes;
  bytes.put_all(std::span<const char>(text));
  return digest(bytes.take());
}

/// Runs were saved when Keras's two categorical cross-entropies were one here.
CompileOptions as_saved(CompileOptions compiled) {
  if (const auto* loss = std::get_if<engine::SparseCategoricalCrossentropy>(&compiled.loss)) {
    compiled.loss = engine::CategoricalCrossentropy{.from_logits = loss->from_logits};
  }
  return compiled;
}

/// 0 where there are none, as before there were any.
std::uint64_t digest_of_weights(std::span<const float> weights) {
  if (weights.empty()) return 0;
  WireWriter bytes;
  bytes.put_all(weights);
  return digest(bytes.take());
}

RunBinding run_binding(const nn::Sequential& model, const CompileOptions& compiled,
                       const FitOptions& options, const Dataset& data, std::size_t training_count,
                       std::size_t validation_count) {
  const auto count = [](std::size_t n) { return static_cast<std::uint64_t>(n); };
  return {digest(nn::identity(model)), digest(to_json(as_saved(compiled))),
          digest(to_json(options)) ^ digest_of_weights(options.sample_weight),
          digest_of(count(data.count()), data.classes(), count(training_count),
                    count(validation_count))};
}

void require_same(const RunBinding& saved, const RunBinding& here) {
  const char* other = saved.model != here.model ? "another model"
                      : saved.compiled != here.compiled
                          ? "another optimizer or loss, or other settings of them,"
                      : saved.settings != here.settings ? "other settings of fit"
                      : saved.data != here.data         ? "other data"
                                                        : nullptr;
  if (other == nullptr) return;
  throw Error("invalid_run", {"saved run: it was begun with ", other,
                              " and goes on with the same only. Set up what it was begun with, "
                              "or start anew."});
}

}  // namespace ziffer::training
