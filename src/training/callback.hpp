// What a fit calls at the end of each epoch.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "training/epoch_logs.hpp"
#include "training/wire.hpp"

namespace ziffer::training {

/// An epoch, counted from 0, with the weights that it ended with.
struct EpochEnd {
  int epoch;
  const EpochLogs& logs;
  std::span<const float> weights;
  float learning_rate = 0;
};

/// What callbacks ask for.
struct Wishes {
  bool stop = false;                        ///< the training ends with this epoch
  bool checkpoint = false;                  ///< this epoch's weights are to be saved
  std::optional<float> learning_rate = {};  ///< the optimizer's from now on
};

/// How far a saved run had come.
struct Past {
  int epochs;
  std::size_t parameters;
};

class Callback {
 public:
  Callback() = default;
  virtual ~Callback() = default;
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;

  /// The rate that the first epoch, of this number, is to have, where the callback has one.
  virtual std::optional<float> first_learning_rate(int /*epoch*/) const { return std::nullopt; }
  virtual void epoch_end(const EpochEnd&, Wishes&) = 0;

  /// The weights that the training is to end with, however it ends; empty: those that it has.
  virtual std::span<const float> weights_to_restore() const { return {}; }
  /// The weights saved last; empty: none.
  virtual std::span<const float> saved_weights() const { return {}; }
  /// Whether it may change the learning rate: then each epoch's is logged, as in Keras.
  virtual bool changes_learning_rate() const { return false; }
  /// Whether it sees to a loss that is no finite number: then that is no error.
  virtual bool takes_not_finite() const { return false; }
  /// By what the best epoch of the whole run is told; null: the callback has no say in it.
  virtual const Watch* judge() const { return nullptr; }
  /// The best epoch, from 0, where the callback has a say and knows one; else -1.
  virtual int best_epoch() const { return -1; }

  /// Everything that it remembers, for a run that goes on later.
  virtual void save(WireWriter&) const = 0;
  /// Errors: `invalid_task`, `invalid_run` where the bytes contradict what is past.
  virtual void restore(WireReader&, const Past&) = 0;
};

}  // namespace ziffer::training
