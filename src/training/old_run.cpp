#include "training/old_run.hpp"

#include <cmath>

#include "training/saved_run.hpp"

namespace ziffer::training {
namespace {

/// Version 2 knew all optimizers in one structure, and hashed it whole.
std::uint64_t optimizer_digest(const OptimizerSettings& settings) {
  const Adam a;
  const SGD s;
  const RMSprop r;
  const auto whole = [](int kind, float rate, const Adam& adam, const SGD& sgd, const RMSprop& rms,
                        float momentum, float epsilon) {
    return digest_of(kind, rate, adam.beta_1, adam.beta_2, rms.rho, momentum, epsilon, sgd.nesterov,
                     rms.centered);
  };
  if (const auto* adam = std::get_if<Adam>(&settings)) {
    return whole(0, adam->learning_rate, *adam, s, r, 0.0F, adam->epsilon);
  }
  if (const auto* sgd = std::get_if<SGD>(&settings)) {
    return whole(1, sgd->learning_rate, a, *sgd, r, sgd->momentum, a.epsilon);
  }
  if (const auto* rms = std::get_if<RMSprop>(&settings)) {
    return whole(2, rms->learning_rate, a, s, *rms, rms->momentum, rms->epsilon);
  }
  return 0;  // one that it did not have
}

/// It knew min and max alone, as 0 and 1.
int mode_of(const Watch& watch) { return watch.improves(2, 1) ? 1 : 0; }

std::uint64_t settings_digest(const FitOptions& o) {
  const auto& stopping = std::get<std::optional<EarlyStopping>>(o.callbacks);
  const auto& checkpoint = std::get<std::optional<ModelCheckpoint>>(o.callbacks);
  const auto s = stopping.value_or(EarlyStopping{});
  const auto c = checkpoint.value_or(ModelCheckpoint{});
  return digest_of(o.batch_size, o.epochs, o.validation_split, o.shuffle, o.seed,
                   stopping.has_value(), s.watch.monitor, mode_of(s.watch), std::abs(s.min_delta),
                   s.patience, s.restore_best_weights, checkpoint.has_value(), c.watch.monitor,
                   mode_of(c.watch), c.save_best_only);
}

}  // namespace

std::vector<std::uint8_t> from_version2(std::span<const std::uint8_t> content,
                                        const RunBinding& here, const OptimizerSettings& optimizer,
                                        const FitOptions& options, std::size_t parameters) {
  WireReader in(content);
  require_same(in.get<RunBinding>(),
               {here.model, optimizer_digest(optimizer), settings_digest(options), here.data});
  // Phase, epoch, step, sums, the optimizer's steps and the best epoch stand as they did.
  constexpr std::size_t kPosition = 5 * sizeof(int) + 6 * sizeof(double);
  const auto position = in.take(kPosition);
  const auto best = in.get<double>();
  const auto best_epoch = in.get<int>(), wait = in.get<int>();
  const auto saved_best = in.get<double>();

  WireWriter out;
  out.put(here);
  out.put_all(position);
  const auto copy_list = [&](std::size_t size) {
    const auto n = in.get<std::uint64_t>();
    if (n > in.left() / size) refuse_run("a list is too long.");
    out.put(n);
    out.put_all(in.take(static_cast<std::size_t>(n) * size));
  };
  const std::size_t slots =
      std::visit([&](const auto& s) { return s.slots(parameters).size(); }, optimizer);
  for (std::size_t i = 0; i < 1 + slots; ++i) copy_list(sizeof(float));
  copy_list(sizeof(EpochLogs));
  const auto best_weights = get_list<float>(in, parameters);
  const auto saved_weights = get_list<float>(in, parameters);
  require_of_run(in.left() == 0);
  if (std::get<std::optional<EarlyStopping>>(options.callbacks)) {
    out.put(best);
    out.put(best_epoch);
    out.put(wait);
    put_list(out, std::span<const float>(best_weights));
  }
  if (std::get<std::optional<ModelCheckpoint>>(options.callbacks)) {
    out.put(saved_best);
    put_list(out, std::span<const float>(saved_weights));
  }
  return out.take();
}

}  // namespace ziffer::training
