#include "training/run_binding.hpp"

#include <string>

#include "nn/config.hpp"
#include "training/wire.hpp"

namespace ziffer::training {
namespace {

/// Of numbers in the order given.
template <class... T>
std::uint64_t digest_of(const T&... values) {
  WireWriter out;
  (out.put(values), ...);
  return digest(out.take());
}

}  // namespace

std::uint64_t digest(std::span<const std::uint8_t> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 0x100000001b3ULL;
  return hash;
}

RunBinding run_binding(const nn::Sequential& model, const OptimizerConfig& c, const FitOptions& o,
                       const Dataset& data, std::size_t training_count,
                       std::size_t validation_count) {
  const std::string config = nn::to_json(model);
  const auto stopping = o.early_stopping.value_or(EarlyStoppingConfig{});
  const auto checkpoint = o.model_checkpoint.value_or(ModelCheckpointConfig{});
  const auto count = [](std::size_t n) { return static_cast<std::uint64_t>(n); };
  WireWriter text;
  text.put_all(std::span<const char>(config));
  return {
      digest(text.take()),
      digest_of(c.kind, c.learning_rate, c.beta_1, c.beta_2, c.rho, c.momentum, c.epsilon,
                c.nesterov, c.centered),
      digest_of(o.batch_size, o.epochs, o.validation_split, o.shuffle, o.seed,
                o.early_stopping.has_value(), stopping.monitor, stopping.mode, stopping.min_delta,
                stopping.patience, stopping.restore_best_weights, o.model_checkpoint.has_value(),
                checkpoint.monitor, checkpoint.mode, checkpoint.save_best_only),
      digest_of(count(data.count()), data.classes(), count(training_count),
                count(validation_count)),
  };
}

void require_same(const RunBinding& saved, const RunBinding& here) {
  const char* other = saved.model != here.model           ? "another model"
                      : saved.optimizer != here.optimizer ? "another optimizer, or its settings,"
                      : saved.settings != here.settings   ? "other settings of fit"
                      : saved.data != here.data           ? "other data"
                                                          : nullptr;
  if (other == nullptr) return;
  throw Error("invalid_run", std::string("saved run: it was begun with ") + other +
                                 " and goes on with the same only. Set up what it was begun with, "
                                 "or start anew.");
}

}  // namespace ziffer::training
